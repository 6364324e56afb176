import { refuseWebhook } from "./refuse-webhook.ts";

const MS_PER = { seconds: 1_000, milliseconds: 1 };
/** The last instant that JavaScript can tell. */
const LAST_MS = 8.64e15;

/**
 * The time in a signed header, in milliseconds since the epoch. Refuses everything but a plain whole number: what
 * `Number` makes of `""`, `1e3`, ` 7` or `0x10` was never signed as that time. Whether it is recent is the host's concern.
 */
export function parseWebhookTime(text: string, unit: "seconds" | "milliseconds"): number {
  const at = /^[1-9][0-9]{0,15}$/.test(text) ? Number(text) * MS_PER[unit] : Number.NaN;
  if (!(at <= LAST_MS)) refuseWebhook(`The time is not a whole number of ${unit}.`);
  return at;
}
