import type { Receipt, WebhookProof } from "@wend/plugin";

/** What other servers tell of a mail. */
export type Heard = Receipt<"deferred" | "bounced" | "complained">;

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
