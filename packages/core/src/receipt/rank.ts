import type { Receipt, ReceiptKind } from "@wend/plugin";

/**
 * Receipts come late, twice and in any order, so a delivery keeps the one of the highest rank: the same one, whatever
 * the order. What a customer did outranks what a mail server said; a mailbox that came back after it had been
 * delivered to outranks the delivery.
 */
const ranks: Readonly<Record<Exclude<ReceiptKind, "bounced">, number>> & Readonly<Record<"soft" | "hard", number>> = {
  accepted: 10,
  deferred: 20,
  soft: 30,
  failed: 40,
  delivered: 50,
  hard: 60,
  opened: 70,
  clicked: 80,
  replied: 90,
  unsubscribed: 92,
  complained: 95,
};

/** What a receipt says of its delivery, and how much that weighs. */
export interface Weighed {
  readonly kind: ReceiptKind;
  readonly rank: number;
}

export function weighReceipt(receipt: Receipt): Weighed {
  if (receipt.kind === "bounced") return { kind: "bounced", rank: ranks[receipt.bounce] };
  // A scanner that opens a mail shows that it was delivered, and nothing of the customer.
  if (isMachine(receipt)) return { kind: "delivered", rank: ranks.delivered };
  return { kind: receipt.kind, rank: ranks[receipt.kind] };
}

/** A prefetcher or a scanner did it, not the customer. */
export const isMachine = (receipt: Receipt): boolean =>
  (receipt.kind === "opened" || receipt.kind === "clicked") && receipt.machine === true;

/** The state of a delivery whose receipt is the SQL expression; a kind that is not named here shows that it arrived. */
export const stateOfReceipt = (receipt: string): string =>
  `case ${receipt} when 'accepted' then 'accepted' when 'deferred' then 'accepted'
    when 'bounced' then 'bounced' when 'failed' then 'failed' else 'delivered' end`;
