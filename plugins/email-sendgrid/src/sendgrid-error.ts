import type { HttpAnswer } from "@wend/plugin";
import { findHttpError, parseRetryAfter, WendError } from "@wend/plugin";
import { z } from "zod";
import type { SendError } from "./send-errors.ts";
import { sendErrors } from "./send-errors.ts";

/** A response whose body has been read. */
export interface SendgridAnswer extends HttpAnswer {
  /** Its JSON; undefined when it is none. */
  readonly answer: unknown;
}

const word = z.string().nullish().catch(undefined);
const refusal = z.object({ errors: z.array(z.object({ field: word, message: word })).min(1) });

type Said = z.infer<typeof refusal>["errors"];

/** What an answer stands for that is no 2xx; undefined for a 2xx. By the table, else by its status. */
export function findSendgridError({ status, headers, answer }: SendgridAnswer, now: number): WendError | undefined {
  const byStatus = findHttpError({ status, headers }, now);
  if (byStatus === undefined) return undefined;
  const said = refusal.safeParse(answer).data?.errors ?? [];
  const known = sendErrors.find((one) => fits(one, status, said));
  const code = known?.code ?? byStatus.code;
  const detail = `HTTP ${status}${known ? `: ${known.means}` : "."}${fieldsOf(said)}`;
  const retryAfterMs = byStatus.retryAfterMs ?? resetAfter({ status, headers }, now) ?? known?.retryAfterMs;
  const isLater = code === "provider.rate_limited" || code === "provider.unavailable";
  return new WendError(code, { detail, ...(isLater && retryAfterMs !== undefined && { retryAfterMs }) });
}

const fits = ({ field, says, ...own }: SendError, status: number, said: Said): boolean =>
  own.status === status &&
  (field === undefined || said.some((one) => field.test(one.field ?? ""))) &&
  (says === undefined || said.some((one) => one.message === says));

/** When the limit ends, in seconds since the epoch: SendGrid's own form of `Retry-After`. */
function resetAfter({ status, headers }: HttpAnswer, now: number): number | undefined {
  const reset = headers.get("x-ratelimit-reset") ?? "";
  if (status !== 429 || !/^\d{1,12}$/.test(reset)) return undefined;
  return parseRetryAfter(String(Math.max(0, Math.ceil(Number(reset) - now / 1_000))), now);
}

// A field's name is SendGrid's own or the author's, never a customer's.
function fieldsOf(said: Said): string {
  const fields = new Set(said.map(({ field }) => field ?? "").filter((field) => /^[A-Za-z][\w.-]{0,99}$/.test(field)));
  return fields.size === 0 ? "" : ` Field: ${[...fields].slice(0, 5).join(", ")}.`;
}
