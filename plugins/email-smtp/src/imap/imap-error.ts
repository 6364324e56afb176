import type { ErrorCode } from "@wend/plugin";
import { WendError } from "@wend/plugin";

interface ImapFault {
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly mailboxMissing?: boolean;
  readonly serverResponseCode?: string;
}

/** By the code of a response (RFC 9051), where the server gives one. */
export const imapErrors: { readonly [code: string]: ErrorCode } = {
  AUTHENTICATIONFAILED: "provider.unauthorized",
  AUTHORIZATIONFAILED: "provider.unauthorized",
  EXPIRED: "provider.unauthorized",
  NONEXISTENT: "provider.rejected",
  LIMIT: "provider.rate_limited",
  UNAVAILABLE: "provider.unavailable",
  INUSE: "provider.unavailable",
  SERVERBUG: "provider.unavailable",
};

/** The error that a failed conversation with a mailbox stands for; nothing is read out of its words. */
export function toImapError(error: unknown): WendError {
  if (error instanceof WendError) return error;
  const { code, authenticationFailed, mailboxMissing, serverResponseCode = "" } = error as ImapFault;
  const detail = serverResponseCode || code || "It failed";
  return new WendError(
    imapErrors[serverResponseCode] ??
      (authenticationFailed ? "provider.unauthorized" : mailboxMissing ? "provider.rejected" : "provider.unavailable"),
    { detail: `${detail} at the mailbox.`, cause: error },
  );
}
