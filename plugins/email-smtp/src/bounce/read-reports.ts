import { withoutAddresses } from "@wend/email";
import { classify } from "./classify.ts";
import { dsnFailures, findDeliveryStatus } from "./dsn-failures.ts";
import { findFeedback } from "./feedback.ts";
import { isPlainBounce } from "./is-plain-bounce.ts";
import { plainFailures } from "./plain-failures.ts";
import type { ReadMail } from "./read-mail.ts";
import type { Failure, Report } from "./report.ts";

/** What a mail reports of mails that were sent; empty for a mail that reports nothing: an answer, a holiday notice. */
export function readReports(mail: ReadMail): Report[] {
  return findFeedback(mail) ?? failuresOf(mail).map(toReport);
}

function failuresOf(mail: ReadMail): Failure[] {
  const status = findDeliveryStatus(mail);
  const failures = status === undefined ? undefined : dsnFailures(status, mail);
  if (failures !== undefined) return failures;
  return isPlainBounce(mail) ? plainFailures(mail) : [];
}

function toReport(failure: Failure): Report {
  const { recipient, action, status, words } = failure;
  const reason = withoutAddresses(`${status ?? ""} ${words}`.trim());
  if (action === "delayed") return { kind: "deferred", recipient, reason };
  return { kind: "bounced", bounce: classify(failure), recipient, reason };
}
