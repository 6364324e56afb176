import type { ErrorCode } from "@wend/plugin";

/** What a refusal of SendGrid means for a delivery. The words are ours: SendGrid's own can hold the address. */
export interface SendError {
  readonly status: number;
  /** The field that SendGrid names, where that tells it from others of its status. */
  readonly field?: RegExp;
  /** What SendGrid says, where nothing else tells it from others of its status. */
  readonly says?: string;
  readonly code: ErrorCode;
  readonly means: string;
  /** How long to wait where SendGrid does not say. */
  readonly retryAfterMs?: number;
}

const HOUR_MS = 3_600_000;

/** The first that fits counts. SendGrid has no codes: it has a status, the field at fault, and words. */
export const sendErrors: readonly SendError[] = [
  {
    status: 400,
    field: /^personalizations\.\d+\.to\b/,
    code: "address.invalid",
    means: "The recipient is no address.",
  },
  { status: 400, field: /^from\b/, code: "provider.rejected", means: "SendGrid does not take the sender." },
  { status: 400, code: "provider.rejected", means: "SendGrid does not take the mail as it is." },
  {
    status: 401,
    says: "Maximum credits exceeded",
    code: "provider.rate_limited",
    means: "The credits of the plan are used up.",
    retryAfterMs: HOUR_MS,
  },
  { status: 401, code: "provider.unauthorized", means: "The API key is wrong, or is no more." },
  {
    status: 403,
    field: /^from\b/,
    code: "provider.rejected",
    means: "The sender is no verified sender of the account.",
  },
  { status: 403, code: "provider.unauthorized", means: "The API key may not do this: it has to have mail.send." },
  { status: 413, code: "provider.rejected", means: "The mail is larger than 30 MB." },
  { status: 429, code: "provider.rate_limited", means: "Too many requests at once." },
  { status: 500, code: "provider.unknown_outcome", means: "SendGrid failed, and does not say at what point." },
  { status: 502, code: "provider.unknown_outcome", means: "What stands before SendGrid got no answer." },
  { status: 503, code: "provider.unavailable", means: "SendGrid is not available." },
  { status: 504, code: "provider.unknown_outcome", means: "What stands before SendGrid got no answer in time." },
];
