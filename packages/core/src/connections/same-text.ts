import { timingSafeEqual } from "node:crypto";

/**
 * Compares a signature with the one expected, in a time that tells nothing of it. As text: several texts of base64 stand
 * for the same bytes, and what was changed is not what was signed.
 */
export function isSameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
