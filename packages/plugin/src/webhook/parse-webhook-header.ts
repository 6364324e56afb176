import { refuseWebhook } from "./refuse-webhook.ts";

/**
 * The value of a header that a genuine webhook carries exactly once. Refuses a request that has none, an empty one, or
 * several: of two signatures or times nobody can say which one was meant.
 */
export function parseWebhookHeader(headers: Headers, name: string): string {
  const value = headers.get(name);
  if (value === null || value === "") refuseWebhook(`There is no ${name} header.`);
  // What Headers makes of a name that came more than once; no provider's signature or time holds it.
  if (value.includes(", ")) refuseWebhook(`There is more than one ${name} header.`);
  return value;
}
