import type { ReadMail } from "./read-mail.ts";

const subjects =
  /undeliver|non-?deliver|delivery (?:status|fail|problem|error|has|notif|report|delay)|(?:delivery|mail|message).{0,20}(?:fail|error|delay|reject|return|refus|not be deliv)|failure notice|returned mail|mail (?:delivery|system|could)|could ?n.?t be (?:sent|deliv)|not (?:be )?deliver|user unknown|warning: (?:could|message)|unzustellbar|nicht zugestellt/i;
const senders = /\b(?:mailer-?daemon|postmaster|mail-?daemon|mail delivery (?:sub)?system|mdaemon|bounces?)\b/i;
const failures =
  /not (?:be )?deliver|undeliver|unable to deliver|failed|failure\b|unknown|rejected|returned|permanent|does(?:n.t| not) exist|no such|error|\b5\d\d[ -]|delayed/i;

/** Whether a mail without a delivery status is a server's word that another one did not arrive; two signs make one. */
export function isPlainBounce({ headers, text }: ReadMail): boolean {
  if (headers.has("x-failed-recipients")) return true;
  const byServer = senders.test(headers.get("from") ?? "") || headers.get("return-path")?.trim() === "<>";
  const signs = [byServer, subjects.test(headers.get("subject") ?? ""), failures.test(text)];
  return signs.filter(Boolean).length >= 2;
}
