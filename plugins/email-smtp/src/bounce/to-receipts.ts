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
  /** Whether genuine reports name a delivery, so that one that names none may be anybody's. */
  readonly signed: boolean;
}

/**
 * What reports mean for deliveries. Each mail of ours goes to one address, so a delivery that is named is what all of
 * them are about, and the first says it; else each is about the address that it names, as far as it is believed.
 */
export function toReceipts(reports: readonly Report[], { id, at, about, signed }: Origin): Heard[] {
  const told = about === undefined ? (signed ? reports.flatMap(harmless) : reports) : reports.slice(0, 1);
  return told.flatMap((report, index) => {
    const subject = about ?? addressOf(report);
    return subject === undefined ? [] : [toReceipt(report, { about: subject, id: `${id}:${index}`, at })];
  });
}

// What a stranger may have written ends no mail to an address: a bounce may pass, and a complaint was not made.
function harmless(report: Report): Report[] {
  if (report.kind === "complained") return [];
  return [report.kind === "bounced" ? { ...report, bounce: "soft" } : report];
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
