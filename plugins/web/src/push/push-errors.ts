import type { ErrorCode, HttpAnswer } from "@wend/plugin";
import { findHttpError, WendError } from "@wend/plugin";

/** What a push service's status means, where it is not what the same status means everywhere. */
const pushErrors: Readonly<Record<number, ErrorCode>> = {
  // The subscription has ended, or never was.
  404: "address.gone",
  410: "address.gone",
};

/** The error that a push service's answer stands for; undefined for 2xx. */
export function findPushError(answer: HttpAnswer, now: number): WendError | undefined {
  const code = pushErrors[answer.status];
  return code ? new WendError(code, { detail: `HTTP ${answer.status}.` }) : findHttpError(answer, now);
}
