import { uuidv7 } from "../../ids.ts";
import type { Store } from "../../store/connect.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Workspace } from "../../workspaces/workspace.ts";
import type { DatedChange } from "../consent/write-changes.ts";
import { writeChanges } from "../consent/write-changes.ts";
import { transact } from "../group/transact.ts";
import { resolveProfiles } from "../identity/resolve-profiles.ts";
import { applyTraits } from "./apply-traits.ts";
import type { HistoryItem, ImportedHistory } from "./history-item.ts";
import type { OwnedItem } from "./store-items.ts";
import { storeItems } from "./store-items.ts";

/**
 * Stores what happened before, as history only: no inbox row, so no trigger and no send. One transaction, a fixed
 * number of statements; some thousands of items a call are best. Repeating a call changes nothing.
 */
export async function importHistory(
  store: Store,
  workspace: Pick<Workspace, "id">,
  items: readonly HistoryItem[],
): Promise<ImportedHistory> {
  const distinct = [...new Map(items.map((item) => [item.messageId, item])).values()];
  if (distinct.length === 0) return { stored: 0, known: 0 };
  return transact(store, workspace.id, async (tx) => {
    const profileIds = await resolveProfiles(tx, distinct.map(namesOf));
    const fresh = await storeItems(
      tx,
      distinct.map((item, i) => ({ item, profileId: profileIds[i]! })),
    );
    await applyTraits(tx, fresh);
    await writeChanges(tx, consentsOf(tx, fresh));
    return { stored: fresh.length, known: items.length - fresh.length };
  });
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
