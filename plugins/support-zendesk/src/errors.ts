import type { ErrorCode } from "@wend/plugin";
import { parseRetryAfter, WendError } from "@wend/plugin";
import { z } from "zod";
import { findResetMs } from "./rate-window.ts";

interface ErrorRow {
  readonly statuses: readonly number[];
  /** Zendesk's own word for it, where it decides. */
  readonly error?: string;
  readonly code: ErrorCode;
}

/**
 * What an answer of Zendesk's stands for; the first row that fits. Of what fits none, a 5xx leaves the outcome open: a
 * gateway that gave up says nothing of what stands behind it. The rest is `provider.rejected`.
 */
export const errorRows: readonly ErrorRow[] = [
  // The key was used with another text, so an earlier attempt has opened the ticket: the lookup will find it.
  { statuses: [400], error: "IdempotentRequestError", code: "provider.unknown_outcome" },
  { statuses: [401, 403], code: "provider.unauthorized" },
  // Somebody else has changed the ticket at the same time: nothing was written.
  { statuses: [409], code: "provider.unavailable" },
  { statuses: [408, 425, 503], code: "provider.unavailable" },
  { statuses: [429], code: "provider.rate_limited" },
];

/** An answer that is no success, as far as it decides what it stands for. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The error that an answer stands for. It names the fields at fault and repeats none of Zendesk's sentences. */
export function toZendeskError({ status, headers, body }: Refusal, now: number): WendError {
  const said = parseSaid(body);
  const row = errorRows.find(
    ({ statuses, error }) => statuses.includes(status) && (error === undefined || error === said.error),
  );
  const retryAfterMs = parseRetryAfter(headers.get("retry-after"), now) ?? resetOf(status, headers);
  const otherwise = status >= 500 ? "provider.unknown_outcome" : "provider.rejected";
  return new WendError(row?.code ?? otherwise, {
    detail: detailOf(status, said),
    ...(retryAfterMs === undefined ? undefined : { retryAfterMs }),
  });
}

const resetOf = (status: number, headers: Headers) => (status === 429 ? findResetMs(headers) : undefined);

const word = z.string().regex(/^[A-Za-z0-9_.:-]{1,60}$/);
const fault = z.object({ error: word.optional().catch(undefined) });
const said = z.object({
  error: word.optional().catch(undefined),
  details: z.record(z.string(), z.array(fault)).optional().catch(undefined),
});

type Said = z.infer<typeof said>;

const parseSaid = (body: unknown): Said => said.safeParse(body).data ?? {};

function detailOf(status: number, { error, details = {} }: Said): string {
  const fields = Object.entries(details).map(([field, faults]) => {
    const name = word.safeParse(field).data ?? "a field";
    const words = faults.map((one) => one.error).filter((one) => one !== undefined);
    return words.length === 0 ? name : `${name} (${words.join(", ")})`;
  });
  const start = error === undefined ? `HTTP ${status}` : `HTTP ${status} ${error}`;
  return fields.length === 0 ? `${start}.` : `${start}: ${fields.join(", ")}.`;
}
