import type { SendgridEvent } from "./event.ts";

/** What SendGrid's classification says of the address; `Unclassified`, and one that is new, says nothing of it. */
export const bounceClassifications: { readonly [classification: string]: "hard" | "soft" } = {
  "Invalid Address": "hard",
  "Mailbox Unavailable": "soft",
  "Technical Failure": "soft",
  Content: "soft",
  Reputation: "soft",
  "Frequency or Volume Too High": "soft",
};

/** Whether an address will never work, or may another time. */
export function judgeBounce({ type, bounce_classification = "" }: SendgridEvent): "hard" | "soft" {
  // Of this mail the server wanted nothing: SendGrid goes on sending to the address, and to whom it blocks it does not.
  if (type !== "bounce") return "soft";
  const known = Object.hasOwn(bounceClassifications, bounce_classification);
  return (known ? bounceClassifications[bounce_classification] : undefined) ?? "hard";
}
