import type { SendgridEvent } from "./event.ts";

/** What SendGrid's classification says of the address. `Unclassified` says nothing: SendGrid's own list decides. */
export const bounceClassifications: { readonly [classification: string]: "hard" | "soft" } = {
  "Invalid Address": "hard",
  Unclassified: "hard",
  "Mailbox Unavailable": "soft",
  "Technical Failure": "soft",
  Content: "soft",
  Reputation: "soft",
  "Frequency or Volume Too High": "soft",
};

/**
 * Whether an address will never work, or may another time. After a `bounce` SendGrid sends nothing to the address any
 * more; a `blocked` mail was refused for itself. What nobody can tell is soft: a hard bounce ends all mail to an address.
 */
export function judgeBounce({ type, bounce_classification = "Unclassified" }: SendgridEvent): "hard" | "soft" {
  const known = Object.hasOwn(bounceClassifications, bounce_classification);
  return (type === "bounce" && known && bounceClassifications[bounce_classification]) || "soft";
}
