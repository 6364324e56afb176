import { createHash } from "node:crypto";
import { z } from "zod";
import { isPhoneNumber } from "./phone-number.ts";

const shortCode = /^\d{3,8}$/;
/** Up to eleven characters, one of them a letter; nobody can reply to it. */
const alphanumericId = /^(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11}$/;

/** One sender: a number in E.164, a short code, or a name. */
export const sender = z
  .string()
  .refine(
    (text) => isPhoneNumber(text) || shortCode.test(text) || alphanumericId.test(text),
    "A number in E.164, a short code, or up to 11 letters and digits.",
  );

/**
 * The sender of all that a customer gets, by the highest hash of address and sender: where the pool gains or loses a
 * sender, only those who move to or from that one see another number.
 */
export function chooseSender(senders: readonly string[], address: string): string {
  let [chosen = ""] = senders;
  let highest = "";
  for (const candidate of senders) {
    const weight = createHash("sha256").update(`${candidate}\n${address}`).digest("hex");
    if (weight <= highest) continue;
    chosen = candidate;
    highest = weight;
  }
  return chosen;
}
