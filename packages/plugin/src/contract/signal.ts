import { z } from "zod";
import type { AddressKind } from "./action.ts";
import type { ReceiptSubject } from "./receipt.ts";

/** A fact that a plugin brings in, as data: a ticket was opened, a score was given. */
export interface SignalManifest<Data extends z.ZodObject = z.ZodObject> {
  /** One sentence: what has happened. */
  readonly title: string;
  /** Properties of the event that it becomes. */
  readonly data: Data;
  /**
   * It takes an `unsubscribed` receipt of the same connection about the same address back, as START does STOP: signals
   * about an address alone. The host lifts that one suppression and no other, and takes it for no consent.
   */
  readonly resubscribes?: boolean;
}

/** Signals by the name of the event that each becomes: `Ticket Solved`. */
export type SignalManifests = Record<string, SignalManifest>;

/** Whom a signal is about: an id of the customer, an address, or whoever a delivery went to. */
export type SignalSubject =
  | { readonly userId: string }
  | { readonly anonymousId: string }
  | { readonly address: string; readonly kind: AddressKind }
  | Exclude<ReceiptSubject, { readonly address: string }>;

const word = z.string().min(1).max(500);
const customerId = z.string().min(1).max(256);

/** A signal as the host takes it, its data still to be parsed by the manifest; see {@link Signal}. */
export const signalSchema = z.strictObject({
  name: z.string().min(1).max(200),
  about: z.union([
    z.strictObject({ userId: customerId }),
    z.strictObject({ anonymousId: customerId }),
    z.strictObject({ address: word, kind: z.enum(["email", "phone", "push", "crm", "support"]) }),
    z.strictObject({ deliveryId: z.uuid() }),
    z.strictObject({ idempotencyKey: word }),
    z.strictObject({ providerId: word }),
  ]),
  id: word,
  at: z.number().int().min(0).max(8.64e15),
  data: z.record(z.string(), z.json()),
});

/** A fact about a customer; it becomes an event of the profile. The same `id` again is the same fact. */
export type Signal<Signals extends SignalManifests = SignalManifests> = {
  readonly [Name in keyof Signals & string]: {
    readonly name: Name;
    readonly about: SignalSubject;
    /** The provider's own id of the fact, or what else is the same whenever it tells it again; 1 to 500 characters. */
    readonly id: string;
    /** When it happened, in milliseconds since the epoch. */
    readonly at: number;
    readonly data: z.input<Signals[Name]["data"]>;
  };
}[keyof Signals & string];
