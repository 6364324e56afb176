import { uuidv7 } from "../../ids.ts";
import type { Tx } from "../../store/transaction.ts";
import type { DatedChange } from "../consent/write-changes.ts";
import { writeChanges } from "../consent/write-changes.ts";
import { resolveProfiles } from "../identity/resolve-profiles.ts";
import { applyTraits } from "./apply-traits.ts";
import type { HistoryItem, ImportedHistory } from "./history-item.ts";
import type { OwnedItem } from "./store-items.ts";
import { storeItems } from "./store-items.ts";

/** Stores items with their profiles, traits and consents: a fixed number of statements whatever the number of items. */
export async function storeHistory(tx: Tx, items: readonly HistoryItem[]): Promise<ImportedHistory> {
  const distinct = [...new Map(items.map((item) => [item.messageId, item])).values()];
  const profileIds = await resolveProfiles(tx, distinct.map(namesOf));
  const fresh = await storeItems(
    tx,
    distinct.map((item, i) => ({ item, profileId: profileIds[i]! })),
  );
  await applyTraits(tx, fresh);
  await writeChanges(tx, consentsOf(tx, fresh));
  return { stored: fresh.length, known: items.length - fresh.length };
}

const namesOf = ({ userId = null, anonymousId = null, receivedAt }: HistoryItem) => ({
  userId,
  anonymousId,
  receivedAt,
});

function consentsOf(tx: Tx, owned: readonly OwnedItem[]): DatedChange[] {
  return owned.flatMap(({ item, profileId }) =>
    (item.consents ?? []).map((consent) => ({
      id: uuidv7(tx.now),
      messageId: item.messageId,
      profileId,
      channel: consent.channel,
      purpose: consent.purpose,
      topic: consent.topic ?? "*",
      state: consent.state,
      at: item.receivedAt,
      source: consent.source,
      detail: consent.detail ?? null,
    })),
  );
}
