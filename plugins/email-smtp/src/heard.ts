import type { Receipt, WebhookProof } from "@wend/plugin";

/** What customers and other servers tell of a mail. */
export type Heard = Receipt<"opened" | "clicked" | "unsubscribed" | "deferred" | "bounced" | "complained">;

/** What a mail, or several, have told. */
export interface HeardFacts {
  readonly receipts: readonly Heard[];
}

/** What a posted mail has told, and the proof that it is genuine. */
export interface HeardByWebhook extends HeardFacts {
  readonly proof: WebhookProof;
}

/** What is new in a mailbox. */
export interface HeardByPoll extends HeardFacts {
  readonly cursor: string;
  readonly more: boolean;
}

/** The answer to a browser, and what its request has told. */
export interface HeardByVisit extends Partial<HeardFacts> {
  readonly response: Response;
}
