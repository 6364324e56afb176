import type { ErrorCode } from "@wend/plugin";

/** What one of Twilio's error codes means for a delivery. The words are ours: Twilio's own can hold the number. */
export interface SendError {
  readonly code: ErrorCode;
  readonly means: string;
}

const rejected = (means: string): SendError => ({ code: "provider.rejected", means });
const unauthorized = (means: string): SendError => ({ code: "provider.unauthorized", means });
const slower = (means: string): SendError => ({ code: "provider.rate_limited", means });
const gone = (means: string): SendError => ({ code: "address.gone", means });

/** By `code` of an answer that is no 2xx; a code that is not here counts by its HTTP status. */
export const sendErrors: { readonly [code: number]: SendError } = {
  14107: slower("More is sent than the account may send."),
  20003: unauthorized("The account SID, the key or the secret is wrong."),
  20005: unauthorized("The account is not active."),
  20006: unauthorized("The credentials may not do this."),
  20008: unauthorized("Test credentials may not do this."),
  20404: unauthorized("There is no such account."),
  20429: slower("Too many requests at once."),
  20500: { code: "provider.unknown_outcome", means: "Twilio failed, and does not say at what point." },
  20503: { code: "provider.unavailable", means: "Twilio is not available." },
  21211: gone("It is no phone number."),
  21217: gone("It is no phone number."),
  21266: rejected("Sender and recipient are the same."),
  21408: rejected("The account may not send to this country."),
  21602: rejected("The text is empty."),
  21606: rejected("The sender is no number of the account that can send there."),
  21608: rejected("A trial account sends to verified numbers only."),
  21609: rejected("Twilio does not take the URL for status callbacks: it has to be a public one."),
  21610: { code: "address.unsubscribed", means: "The customer has opted out of this sender." },
  21611: slower("The sender's queue is full."),
  21612: rejected("The sender cannot reach this number."),
  21614: gone("The number cannot receive SMS."),
  21617: rejected("The text is longer than 1,600 characters."),
  21635: gone("The number is a landline."),
  21659: rejected("The sender is no Twilio number."),
  21660: rejected("The sender belongs to another account."),
  21661: rejected("The sender cannot send SMS."),
  21703: rejected("The messaging service has no sender."),
  21705: rejected("There is no such messaging service."),
  21730: { code: "provider.unavailable", means: "Twilio is under maintenance." },
  63038: slower("The account's messages of the day are used up."),
};
