import { WendError } from "@wend/plugin";

/** E.164 as Twilio takes it: a plus sign and 7 to 15 digits, of which the first is no zero. */
const e164 = /^\+[1-9]\d{6,14}$/;

export const isPhoneNumber = (text: string): boolean => e164.test(text);

/** The number of whoever is written to. Throws `address.invalid`; its detail never holds the text. */
export function parsePhoneNumber(text: string | undefined): string {
  if (text !== undefined && isPhoneNumber(text)) return text;
  throw new WendError("address.invalid", { detail: "A phone number is E.164: + and 7 to 15 digits, nothing else." });
}
