import { WendError } from "../errors.ts";

/**
 * Refuses a webhook that is not genuine. `why` is for the operator's log alone, the sender is never told: it names
 * what was wrong, never a secret, a signature or a body.
 *
 * @example
 * if (!genuine) refuseWebhook("The signature does not match.");
 */
export function refuseWebhook(why: string): never {
  throw new WendError("webhook.refused", { detail: why });
}
