import { addressIn } from "./address-in.ts";
import { fieldsOf } from "./fields.ts";
import { originalFields } from "./original.ts";
import type { ReadMail } from "./read-mail.ts";
import type { ComplaintReport } from "./report.ts";

// Of the types of RFC 5965 and RFC 6591, those by which a person has said no.
const complaints = new Set(["abuse", "fraud", "other", "opt-out", "opt-out-list", "virus"]);

/** What an abuse report (RFC 5965) says; undefined when the mail is none, an empty list when nobody complained. */
export function findFeedback(mail: ReadMail): ComplaintReport[] | undefined {
  const part = mail.parts.find(({ type }) => type === "message/feedback-report");
  if (part === undefined) return complaintOfHotmail(mail);
  const lines = [...part.text.matchAll(/^(?:original-rcpt-to|removal-recipient)[ \t]*:(.*)$/gim)];
  const named = lines.flatMap(([, text = ""]) => addressIn(text) ?? []);
  const type = fieldsOf(part.text.trim()).get("feedback-type")?.toLowerCase() ?? "abuse";
  if (!complaints.has(type)) return [];
  const recipients = named.length > 0 ? [...new Set(named)] : [addressIn(originalFields(mail)?.get("to") ?? "")];
  return recipients.map((recipient) => ({ kind: "complained", recipient, reason: type }));
}

// What Outlook.com sends of a complaint: no report, but a field of its own in the mail that was complained about.
function complaintOfHotmail(mail: ReadMail): ComplaintReport[] | undefined {
  const recipient = addressIn(originalFields(mail)?.get("x-hmxmroriginalrecipient") ?? "");
  return recipient === undefined ? undefined : [{ kind: "complained", recipient, reason: "abuse" }];
}
