interface Dsn {
  readonly recipient?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  readonly action?: string;
  readonly to?: string;
  /** Of the mail that came back. */
  readonly messageId?: string;
  /** Of the report. */
  readonly id?: string;
  readonly date?: string;
}

/** A report of delivery (RFC 3464) as Postfix writes it. */
export function dsn(of: Dsn = {}): string {
  const recipient = of.recipient ?? "ada@example.com";
  const diagnostic = of.diagnostic ?? `550 5.1.1 <${recipient}>: Recipient address rejected: User unknown`;
  const original = of.messageId === undefined ? "" : `Message-ID: <${of.messageId}>\r\n`;
  return [
    "Return-Path: <>",
    `To: ${of.to ?? "bounce@example.org"}`,
    "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)",
    "Subject: Undelivered Mail Returned to Sender",
    `Date: ${of.date ?? "Fri, 02 Jan 2026 03:04:05 +0000"}`,
    `Message-ID: <${of.id ?? "report-1"}@mx.example.org>`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    "MIME-Version: 1.0",
    "",
    "--b1",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--b1",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.org",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${of.action ?? "failed"}`,
    `Status: ${of.status ?? "5.1.1"}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
    "",
    "--b1",
    "Content-Type: message/rfc822",
    "",
    `To: ${recipient}`,
    `${original}Subject: Hello`,
    "",
    "Hello Ada",
    "--b1--",
    "",
  ].join("\r\n");
}

interface Complaint {
  readonly type?: string;
  readonly recipient?: string;
  readonly messageId?: string;
  readonly id?: string;
  readonly date?: string;
}

/** A report of abuse (RFC 5965). */
export function arf({
  type = "abuse",
  recipient = "ada@example.com",
  messageId,
  id = "arf-1",
  date,
}: Complaint = {}): string {
  const original = messageId === undefined ? "" : `Message-ID: <${messageId}>\r\n`;
  return [
    "From: <abusedesk@example.net>",
    `Date: ${date ?? "Fri, 02 Jan 2026 03:04:05 +0000"}`,
    "Subject: FW: Hello",
    "To: <abuse@example.org>",
    `Message-ID: <${id}@example.net>`,
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b2"',
    "MIME-Version: 1.0",
    "",
    "--b2",
    "Content-Type: text/plain",
    "",
    "This is an email abuse report.",
    "",
    "--b2",
    "Content-Type: message/feedback-report",
    "",
    `Feedback-Type: ${type}`,
    "User-Agent: SomeGenerator/1.0",
    "Version: 1",
    `Original-Rcpt-To: <${recipient}>`,
    "",
    "--b2",
    "Content-Type: message/rfc822",
    "",
    "From: <shop@example.org>",
    `To: <${recipient}>`,
    `${original}Subject: Hello`,
    "",
    "Hello Ada",
    "--b2--",
    "",
  ].join("\r\n");
}
