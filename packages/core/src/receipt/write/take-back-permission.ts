import { appendConsentEvents } from "../../accept/consent/append-consent-events.ts";
import type { DatedChange } from "../../accept/consent/write-changes.ts";
import { writeChanges } from "../../accept/consent/write-changes.ts";
import { uuidv7 } from "../../ids.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ChannelAddress } from "../../suppressions/channel-address.ts";
import { addressedChannels } from "../../suppressions/channel-address.ts";
import type { SuppressionList } from "../../suppressions/suppression-list.ts";
import type { Fact, PlacedFact, ReceiptFact } from "../fact.ts";
import { hasDelivery, isReceipt } from "../fact.ts";

export interface PermissionSetup {
  readonly suppressions: SuppressionList;
  readonly shards: number;
  /** What is said of an address holds for its channel. */
  readonly connection: { readonly id: string; readonly channel: string };
}

/** What is said of an address, and whether what was last sent there, or the connection where nothing was, is a sandbox's. */
export interface AddressFact {
  readonly fact: Fact;
  readonly sandboxed: boolean;
}

/**
 * An address that will never work, and one whose owner called a delivery spam, is written to by no connection of the
 * channel any more; who unsubscribed has revoked the consent that the delivery rested on. What a provider says of a
 * sandbox is about no customer, whatever it names. Gives back shards to wake.
 */
export async function takeBackPermission(
  tx: Tx,
  { suppressions, shards, connection }: PermissionSetup,
  { placed, addressed }: { placed: readonly PlacedFact[]; addressed: readonly AddressFact[] },
): Promise<number[]> {
  const earnest = placed.filter(isReceipt).filter(isInEarnest);
  const said = [...earnest, ...addressed.flatMap(addressOnly).filter(isInEarnest)];
  const reasons = Map.groupBy(said, reasonToSuppress);
  for (const [reason, about] of reasons) {
    const addresses = about.flatMap((one) => addressOf(one, connection.channel));
    if (reason === undefined || addresses.length === 0) continue;
    if (reason === "unsubscribed") await suppressions.unsubscribe(tx, addresses, connection.id);
    else await suppressions.add(tx, addresses, reason);
  }
  const changes = earnest.filter(hasDelivery).flatMap((one) => revocation(tx, one));
  if (changes.length === 0) return [];
  await writeChanges(tx, changes);
  return appendConsentEvents(tx, shards, changes);
}

type Said = Pick<PlacedFact<ReceiptFact>, "fact" | "delivery" | "sandboxed">;

// Nobody has to be known for an address to be left alone.
const addressOnly = ({ fact, sandboxed }: AddressFact): Said[] =>
  fact.kind === "receipt" ? [{ fact, delivery: undefined, sandboxed }] : [];

// Who unsubscribes an address, and no delivery, has that address: nothing had to be sent there for it.
const isInEarnest = ({ fact, delivery, sandboxed }: Said): boolean =>
  !sandboxed || (fact.receipt.kind === "unsubscribed" && delivery === undefined);

function reasonToSuppress({ fact: { receipt }, delivery }: Said): string | undefined {
  if (receipt.kind === "bounced") return receipt.bounce === "hard" ? "bounced" : undefined;
  if (receipt.kind === "complained") return "complained";
  return receipt.kind === "unsubscribed" && delivery === undefined ? "unsubscribed" : undefined;
}

function addressOf({ fact: { receipt }, delivery }: Said, ofConnection: string): ChannelAddress[] {
  const address = "address" in receipt.about ? receipt.about.address : delivery?.address;
  const channel = delivery?.channel ?? ofConnection;
  return typeof address === "string" && addressedChannels.includes(channel) ? [{ channel, address }] : [];
}

function revocation(tx: Tx, { fact, profileId, delivery }: PlacedFact & Pick<Said, "fact">): DatedChange[] {
  if (fact.receipt.kind !== "unsubscribed" || !delivery) return [];
  const { channel, purpose, topic } = delivery;
  const id = uuidv7(tx.now);
  const rest = { messageId: `${fact.messageId}:consent`, source: "receipt", detail: { deliveryId: delivery.id } };
  return [{ id, profileId, channel, purpose, topic: topic ?? "*", state: "revoked", at: tx.now, ...rest }];
}
