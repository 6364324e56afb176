import { uuidv7 } from "../../ids.ts";
import type { Tx } from "../../store/transaction.ts";
import { addIdentities } from "./add-identities.ts";
import { assignProfiles, unnamedCandidates } from "./assign.ts";
import { findIdentities } from "./find-identities.ts";
import { lockUnnamed } from "./lock-unnamed.ts";
import type { Names } from "./names.ts";

/** Another transaction was first with an identity; the whole transaction has to be run again. */
export class LostRace extends Error {
  override readonly name = "LostRace";
}

export interface NamedItem extends Names {
  /** When a profile that the item makes counts as made; now, if absent. */
  readonly receivedAt?: number;
}

/** The profile of each item, made where its names are new: two to four statements whatever the number of items. */
export async function resolveProfiles(tx: Tx, items: readonly NamedItem[]): Promise<readonly string[]> {
  const found = await findIdentities(tx, items);
  const named = await lockUnnamed(tx, unnamedCandidates(items, found));
  const { profileIds, identities, created } = assignProfiles(items, { ...found, named }, () => uuidv7(tx.now));
  const profiles = created.map(({ id, item }) => ({ id, createdAt: items[item]!.receivedAt ?? tx.now }));
  if (!(await addIdentities(tx, identities, profiles))) throw new LostRace();
  return profileIds;
}
