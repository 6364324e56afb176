import { withoutAddresses } from "@wend/email";
import type { ErrorCode } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { NodemailerError } from "nodemailer";
import { classify } from "./bounce/classify.ts";

/** How far a mail has come; it decides what a lost connection means. */
export interface Progress {
  /**
   * Set before the line with the single dot can have left: from then on the server may have taken the mail.
   * Up to then it must not (RFC 5321 4.1.1.4), whatever it has read.
   */
  handedOver: boolean;
}

const authRefused = new Set([530, 534, 535, 538]);
const slowDown = new Set([421, 452, 454]);
// One mailbox is full, busy or gets mail too fast: no reason to hold back what goes to others.
const ofOneMailbox = /^4\d\d[ -]4\.2\.\d+\b/;
const slowDownEnhanced = /^4\d\d[ -]4\.(?:7\.\d+|4\.5|5\.3)\b/;

/** The error that a failed conversation stands for, by what the server replied or else by how far it had come. */
export function toSmtpError(error: unknown, { handedOver }: Progress): WendError {
  if (error instanceof WendError) return error;
  const fault = error as NodemailerError;
  const reply = codeOfReply(fault) ?? codeOfOurs(fault);
  const code = reply ?? (handedOver ? "provider.unknown_outcome" : "provider.unavailable");
  return new WendError(code, { detail: describe(fault), cause: error });
}

function codeOfReply(fault: NodemailerError): ErrorCode | undefined {
  const { code, response = "", responseCode = 0 } = fault;
  if (responseCode < 400 || responseCode > 599) return undefined;
  if (authRefused.has(responseCode)) return "provider.unauthorized";
  // 454 4.7.0 is a passing fault of the server while it authenticates, and a limit on sending to a mail.
  if (code === "EAUTH") return responseCode < 500 ? "provider.unavailable" : "provider.unauthorized";
  if (responseCode >= 500) return codeOfRefusal(fault);
  if (ofOneMailbox.test(response)) return "provider.unavailable";
  const slow = slowDown.has(responseCode) || slowDownEnhanced.test(response);
  return slow ? "provider.rate_limited" : "provider.unavailable";
}

function codeOfRefusal({ code, command, response = "", responseCode }: NodemailerError): ErrorCode {
  if (command === "RCPT TO" && saysGone(response)) return "address.gone";
  // Only a reply to MAIL, RCPT or DATA speaks of this mail; 503 says that the session is out of step.
  const ofThisMail = code === "EENVELOPE" || code === "EMESSAGE" || command === "DATA";
  return ofThisMail && responseCode !== 503 ? "provider.rejected" : "provider.unavailable";
}

// By the status of an unknown recipient, and only where a report of the same words would be a hard bounce: a server that
// relays nothing for us refuses every address, and none of them is gone.
function saysGone(response: string): boolean {
  const status = /^5\d\d[ -](5\.1\.(?:1|2|10))\b/.exec(response)?.[1];
  return status !== undefined && classify({ status, words: response, ofRecipient: true }) === "hard";
}

// Faults that nodemailer finds without asking the server.
function codeOfOurs({ code, command, response }: NodemailerError): ErrorCode | undefined {
  if (code === "EAUTH" && response === undefined) return "provider.unauthorized";
  return code === "EENVELOPE" && command === "API" ? "provider.rejected" : undefined;
}

function describe({ code, originalCode, timeoutType, command, response, responseCode }: NodemailerError): string {
  // Servers repeat addresses in their replies.
  if (response !== undefined && responseCode !== undefined) return `${command}: ${withoutAddresses(response)}`;
  return [originalCode ?? timeoutType ?? code ?? "It failed", command && `at ${command}`].filter(Boolean).join(" ");
}
