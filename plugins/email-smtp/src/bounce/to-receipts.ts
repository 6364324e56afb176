import type { ReceiptSubject } from "@wend/plugin";
import { matchEmailAddress } from "@wend/plugin";
import type { Heard } from "../heard.ts";
import type { Report } from "./report.ts";

interface Origin {
  /** The same whenever the same mail is read. */
  readonly id: string;
  readonly at: number;
  /** The delivery that the mail is about, where it names it. */
  readonly about: ReceiptSubject | undefined;
}

/**
 * What reports mean for deliveries. Each mail of ours goes to one address, so a delivery that is named is what all of
 * them are about, and the first says it; else each is about the address that it names.
 */
export function toReceipts(reports: readonly Report[], { id, at, about }: Origin): Heard[] {
  const told = about === undefined ? reports : reports.slice(0, 1);
  return told.flatMap((report, index) => {
    const subject = about ?? addressOf(report);
    return subject === undefined ? [] : [toReceipt(report, { about: subject, id: `${id}:${index}`, at })];
  });
}

// What is no address of one mailbox, no mail of ours went to.
function addressOf({ recipient = "" }: Report): ReceiptSubject | undefined {
  const { ok } = matchEmailAddress(recipient);
  return ok ? { address: recipient } : undefined;
}

function toReceipt(report: Report, said: { about: ReceiptSubject; id: string; at: number }): Heard {
  const { reason } = report;
  return report.kind === "bounced"
    ? { kind: "bounced", bounce: report.bounce, reason, ...said }
    : { kind: report.kind, reason, ...said };
}
