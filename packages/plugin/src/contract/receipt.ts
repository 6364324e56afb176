import { z } from "zod";
import { cutText } from "../cut-text.ts";

/**
 * What a provider can say of a delivery after the call, in one vocabulary for all channels.
 *
 * - `accepted`: took it; said later than the call, for instance of one whose answer was lost.
 * - `deferred`: has not got through yet and goes on trying.
 * - `delivered`: reached the customer's mailbox, phone or browser.
 * - `opened`, `clicked`, `replied`: what the customer did with it; `machine` marks what a scanner or prefetcher did.
 * - `bounced`: came back; `hard` when the address will never work, `soft` when it may another time.
 * - `complained`: the customer called it spam.
 * - `unsubscribed`: the customer wants no more of them.
 * - `failed`: the provider gave up before it could be delivered or bounce.
 */
export const receiptKinds = [
  "accepted",
  "deferred",
  "delivered",
  "opened",
  "clicked",
  "replied",
  "bounced",
  "complained",
  "unsubscribed",
  "failed",
] as const;

export type ReceiptKind = (typeof receiptKinds)[number];

const word = z.string().min(1).max(500);
/** Milliseconds since the epoch, and no later than JavaScript can tell. */
const instant = z.number().int().min(0).max(8.64e15);
/**
 * Foreign words, of which the host keeps so many code points and cuts the rest: a provider that says much must not
 * keep what it says from being stored.
 */
const prose = (most: number) => z.string().overwrite((text) => cutText(text, most));

/**
 * What a receipt is about: a delivery, by the host's id (best: put it into the provider's metadata), by the
 * idempotency key, or by the id that the provider gave when it accepted; or all that is sent to an address.
 */
const subject = z.union([
  z.strictObject({ deliveryId: z.uuid() }),
  z.strictObject({ idempotencyKey: word }),
  z.strictObject({ providerId: word }),
  z.strictObject({ address: word }),
]);

const said = {
  about: subject,
  /** The provider's own id of what it says, or what else is the same whenever it says so again; 1 to 500 characters. */
  id: word,
  /** When it happened, by the provider's clock. */
  at: instant,
  /** The provider's own words or code; cut to 500 code points. */
  reason: prose(500).optional(),
};

/**
 * A receipt as the host takes it; see {@link Receipt}. Ids that are too long are refused, for two that are cut may be
 * one; `reason`, `text` and `url` are cut.
 */
export const receiptSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["accepted", "deferred", "delivered", "complained", "unsubscribed", "failed"]),
    ...said,
  }),
  z.strictObject({ kind: z.literal("bounced"), bounce: z.enum(["hard", "soft"]), ...said }),
  z.strictObject({ kind: z.literal("opened"), machine: z.boolean().optional(), ...said }),
  z.strictObject({
    kind: z.literal("clicked"),
    machine: z.boolean().optional(),
    /** Where the link led; cut to 2,000 code points. */
    url: prose(2_000).optional(),
    ...said,
  }),
  z.strictObject({
    kind: z.literal("replied"),
    /** What the customer wrote; cut to 10,000 code points. */
    text: prose(10_000).optional(),
    ...said,
  }),
]);

type AnyReceipt = z.infer<typeof receiptSchema>;

// Looked up by kind, so that a receipt of fewer kinds fits where more are expected.
type ReceiptByKind = {
  readonly [Kind in ReceiptKind]: Readonly<Omit<Extract<AnyReceipt, { kind: Narrowed<Kind> }>, "kind">> & {
    readonly kind: Kind;
  };
};

// The schema has one member for several kinds.
type Narrowed<Kind extends ReceiptKind> = AnyReceipt extends infer One
  ? One extends { kind: infer Kinds }
    ? Kind extends Kinds
      ? Kinds
      : never
    : never
  : never;

/** What a provider says of a delivery after the call. The same `id` again is the same receipt. */
export type Receipt<Kinds extends ReceiptKind = ReceiptKind> = ReceiptByKind[Kinds];

/** What a receipt is about. */
export type ReceiptSubject = Receipt["about"];
