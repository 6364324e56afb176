import { addressIn } from "./address-in.ts";
import type { Fields } from "./fields.ts";
import { recipientBlocks } from "./fields.ts";
import { findStatus } from "./find-status.ts";
import { ownWords } from "./original.ts";
import { isNotOfRecipient } from "./phase.ts";
import type { ReadMail } from "./read-mail.ts";
import type { Failure } from "./report.ts";

const statusPart = /^message\/(?:global-)?delivery-status$/;
const recipientField = /^[ \t]*(?:final|original)-recipient[ \t]*:/im;

/** The text of a delivery status, by the type of its part or, where a gateway has changed that, by what stands in it. */
export function findDeliveryStatus({ parts, text }: ReadMail): string | undefined {
  const part =
    parts.find(({ type }) => statusPart.test(type)) ??
    parts.find((one) => !one.type.includes("rfc822") && recipientField.test(one.text));
  return part?.text ?? (recipientField.test(text) ? text : undefined);
}

/**
 * What a delivery status (RFC 3464) says of each recipient; of those that were delivered to, nothing. Undefined when it
 * names none.
 */
export function dsnFailures(status: string, mail: ReadMail): Failure[] | undefined {
  const blocks = recipientBlocks(status).filter(
    (fields) => fields.has("final-recipient") || (fields.has("original-recipient") && fields.has("status")),
  );
  return blocks.length === 0 ? undefined : blocks.flatMap((fields) => failureOf(fields, mail));
}

function failureOf(fields: Fields, mail: ReadMail): Failure[] {
  const action = fields.get("action")?.toLowerCase() ?? "failed";
  if (/^(?:delivered|relayed|expanded)/.test(action)) return [];
  const { type, words } = diagnosticOf(fields, mail);
  const own = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0];
  const recipient = fields.get("final-recipient") ?? fields.get("original-recipient") ?? "";
  return [
    {
      recipient: addressIn(recipient),
      action: action.startsWith("delayed") ? "delayed" : "failed",
      status: precise(own, findStatus(fields.get("diagnostic-code") ?? "")),
      words,
      // A program that failed to take the mail says nothing of the address.
      ofRecipient: type !== "x-unix" && !isNotOfRecipient(`${words}\n${ownWords(mail.text)}`),
    },
  ];
}

function diagnosticOf(fields: Fields, mail: ReadMail): { type: string; words: string } {
  const [, type = "", words = ""] = /^(?:([A-Za-z0-9-]+)[ \t]*;)?(.*)$/.exec(fields.get("diagnostic-code") ?? "") ?? [];
  // What the part for people says counts where the one for machines is silent.
  return { type: type.toLowerCase(), words: words.length > 8 ? words : `${words} ${ownWords(mail.text)}` };
}

// `5.0.0` says no more than "failed"; the words of the server may.
const precise = (own: string | undefined, told: string | undefined): string | undefined =>
  own === undefined || (/^[45]\.(?:0|5|4)\.0$/.test(own) && told !== undefined) ? (told ?? own) : own;
