import type { Receipt, Signal } from "@wend/plugin";

/** What a plugin has brought in, read and ready to be stored. `messageId` tells it from a repetition of itself. */
export type Fact = ReceiptFact | SignalFact;

export interface ReceiptFact {
  readonly kind: "receipt";
  readonly messageId: string;
  readonly receipt: Receipt;
}

export interface SignalFact {
  readonly kind: "signal";
  readonly messageId: string;
  readonly signal: Signal;
  /** The manifest says that it takes an unsubscription back. */
  readonly resubscribes?: true;
}

/** What a receipt can be matched with: what a delivery's row says of itself. */
export interface DeliveryRef {
  readonly id: string;
  readonly run_id: string;
  readonly seq: number;
  readonly journey_id: string;
  readonly node_id: string;
  readonly profile_id: string;
  readonly action: string;
  readonly channel: string;
  readonly purpose: string;
  readonly topic: string | null;
  readonly address: string | null;
  /** It went to no customer: what is said of it takes no permission back. */
  readonly sandboxed: boolean;
}

/** A fact whose profile is known. */
export interface PlacedFact<F extends Fact = Fact> {
  readonly fact: F;
  readonly profileId: string;
  /** The delivery that it names; undefined where it names a customer or an address. */
  readonly delivery: DeliveryRef | undefined;
  /** What it is about, the last delivery to the address it names included, went to no customer. */
  readonly sandboxed: boolean;
}

/** A receipt of a delivery that was found. */
export interface PlacedReceipt extends PlacedFact<ReceiptFact> {
  readonly delivery: DeliveryRef;
}

export const subjectOf = (fact: Fact) => (fact.kind === "receipt" ? fact.receipt.about : fact.signal.about);

export const isAboutAddress = (fact: Fact): boolean => "address" in subjectOf(fact);

export const isReceipt = (placed: PlacedFact): placed is PlacedFact<ReceiptFact> => placed.fact.kind === "receipt";

export const hasDelivery = (placed: PlacedFact<ReceiptFact>): placed is PlacedReceipt => placed.delivery !== undefined;
