/** What a mail from a mail server says of mails that were sent. */
export type Report = BounceReport | ComplaintReport | DelayReport;

/** A mail came back, or will not arrive. */
export interface BounceReport {
  readonly kind: "bounced";
  readonly bounce: "hard" | "soft";
  /** The final recipient, as the server names it; undefined where it names none. */
  readonly recipient: string | undefined;
  /** The server's own status and words, without addresses. */
  readonly reason: string;
}

/** The customer called it spam. */
export interface ComplaintReport {
  readonly kind: "complained";
  readonly recipient: string | undefined;
  readonly reason: string;
}

/** A server goes on trying. */
export interface DelayReport {
  readonly kind: "deferred";
  readonly recipient: string | undefined;
  readonly reason: string;
}

/** A failure of one recipient, before it is judged. */
export interface Failure {
  readonly recipient: string | undefined;
  readonly action: "failed" | "delayed";
  /** Enhanced status, `5.1.1`; undefined where there is none. */
  readonly status: string | undefined;
  /** What the servers have said. */
  readonly words: string;
  /** False where the sender or the content was refused, not the recipient. */
  readonly ofRecipient: boolean;
}
