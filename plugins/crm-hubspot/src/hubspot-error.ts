import type { ErrorCode } from "@wend/plugin";
import { findHttpError, parseRetryAfter, WendError } from "@wend/plugin";
import { z } from "zod";
import { errorCategories, errorStatuses, ratePolicies } from "./error-categories.ts";

const word = z.string().max(100).optional().catch(undefined);

/** What is read of an error: never its message, which may hold an address. */
const errorBody = z.object({
  category: word,
  subCategory: word,
  policyName: word,
  correlationId: word,
  context: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
  errors: z
    .array(z.object({ code: word }))
    .optional()
    .catch(undefined),
});

export type ErrorBody = z.infer<typeof errorBody>;

/** An error as HubSpot writes it; nothing is said of a body that is none. */
export const readErrorBody = (body: unknown): ErrorBody => errorBody.safeParse(body).data ?? {};

export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

/** The error that an answer stands for; undefined for 2xx. */
export function findHubspotError({ status, headers, body }: Answer, now: number): WendError | undefined {
  const byStatus = findHttpError({ status, headers }, now);
  if (byStatus === undefined) return undefined;
  const said = readErrorBody(body);
  const own = errorStatuses[status];
  const code = own?.code ?? codeOf(said) ?? byStatus.code;
  const detail = describe(`HTTP ${status}`, said);
  const retryAfterMs =
    parseRetryAfter(headers.get("retry-after"), now) ?? own?.retryAfterMs ?? ratePolicies[said.policyName ?? ""];
  const isLater = code === "provider.rate_limited" || code === "provider.unavailable";
  return new WendError(code, { detail, ...(isLater && retryAfterMs !== undefined && { retryAfterMs }) });
}

/** The error of one record of a batch. */
export function toItemError(said: ErrorBody): WendError {
  return new WendError(codeOf(said) ?? "provider.rejected", { detail: describe("In a batch", said) });
}

function codeOf({ category = "" }: ErrorBody): ErrorCode | undefined {
  return Object.hasOwn(errorCategories, category) ? errorCategories[category] : undefined;
}

function describe(start: string, { category, policyName, subCategory, errors = [], correlationId }: ErrorBody): string {
  const codes = new Set([category, policyName, subCategory, ...errors.map(({ code }) => code)]);
  const named = [...codes].filter((code) => code !== undefined);
  const correlation = correlationId === undefined ? "" : ` HubSpot's correlation id: ${correlationId}.`;
  return `${[start, ...named].join(", ")}.${correlation}`;
}
