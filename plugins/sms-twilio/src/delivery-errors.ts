/**
 * What `ErrorCode` of a status report says of the number. `hard`: it will never work. `soft`: it may another time.
 * `optedOut`: the customer has told Twilio so. Whatever is not here is no fault of the number: filtered, not
 * registered, account suspended, unknown.
 */
export type DeliveryFault = "hard" | "soft" | "optedOut";

export const deliveryErrors: { readonly [code: string]: DeliveryFault } = {
  // No phone number, no mobile one, or a landline.
  "21211": "hard",
  "21614": "hard",
  "21635": "hard",
  "30005": "hard",
  "30006": "hard",
  "21610": "optedOut",
  // Off, out of reach, or roaming.
  "30003": "soft",
  // Blocked by the carrier or on the phone: the same number may well take the next one.
  "30004": "soft",
  "30017": "soft",
  // Not through within its validity, or the carrier did not answer.
  "30036": "soft",
  "30410": "soft",
};
