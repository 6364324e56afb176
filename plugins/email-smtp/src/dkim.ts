import { createPrivateKey } from "node:crypto";
import DKIM from "nodemailer/lib/dkim";
import type { Config } from "./config.ts";

// What RFC 6376 asks for, and what receivers act on: a link to unsubscribe counts only when it is signed (RFC 8058).
const signed = [
  "From",
  "Sender",
  "Reply-To",
  "Subject",
  "Date",
  "Message-ID",
  "To",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "In-Reply-To",
  "References",
  "List-Id",
  "List-Help",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "List-Subscribe",
  "List-Post",
  "List-Owner",
  "List-Archive",
  "Feedback-ID",
];

/** Signs mails with the connection's key; undefined when it has none. */
export function createDkim({ dkimDomain, dkimSelector, dkimKey }: Config): DKIM | undefined {
  if (dkimDomain === undefined || dkimSelector === undefined || dkimKey === undefined) return undefined;
  return new DKIM({
    domainName: dkimDomain,
    keySelector: dkimSelector,
    // Parsed once: reading the PEM for every mail takes as long as signing it.
    privateKey: createPrivateKey(dkimKey),
    headerFieldNames: signed.join(":"),
  });
}
