/** One mail to one address, before a provider writes it in its own way. */
export interface Mail {
  readonly from: MailSender;
  readonly to: string;
  readonly replyTo: string | undefined;
  /** One line. */
  readonly subject: string;
  /** Without its angle brackets; the same on every attempt of a delivery. */
  readonly messageId: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly headers: { readonly [name: string]: string };
  readonly attachments: readonly MailAttachment[];
}

/** Who a mail is from. */
export interface MailSender {
  /** Empty where there is none. */
  readonly name: string;
  readonly address: string;
}

/** A file of a mail. */
export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** The name by which the HTML shows it, `cid:…`; undefined for a file beside the mail. */
  readonly cid: string | undefined;
}
