import type { HttpAnswer } from "@wend/plugin";
import { findHttpError, parseRetryAfter, WendError } from "@wend/plugin";
import { z } from "zod";
import { sendErrors } from "./send-errors.ts";

/** A response whose body has been read. */
export interface TwilioAnswer extends HttpAnswer {
  /** Its JSON; undefined when it is none. */
  readonly answer: unknown;
}

const refusal = z.object({ code: z.int() });

/** What an answer stands for that is no 2xx; undefined for a 2xx. By code, else by status; no text is read. */
export function findTwilioError({ status, headers, answer }: TwilioAnswer, now: number): WendError | undefined {
  if (status >= 200 && status < 300) return undefined;
  const code = refusal.safeParse(answer).data?.code;
  const known = code === undefined ? undefined : sendErrors[code];
  if (known !== undefined) {
    const detail = `Twilio error ${code}: ${known.means}`;
    return new WendError(known.code, { detail, ...laterOf({ status, headers }, now) });
  }
  const detail = code === undefined ? `HTTP ${status}.` : `Twilio error ${code}, HTTP ${status}.`;
  const fault = findHttpError({ status, headers }, now);
  return fault && new WendError(fault.code, { detail, ...laterOf({ status, headers }, now) });
}

function laterOf({ status, headers }: HttpAnswer, now: number): { retryAfterMs?: number } {
  const passing = status === 429 || status === 503;
  const retryAfterMs = passing ? parseRetryAfter(headers.get("retry-after"), now) : undefined;
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
