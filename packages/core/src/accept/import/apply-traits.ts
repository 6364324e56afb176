import type { JsonObject } from "@wend/journey";
import { jsonArray, plainArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { OwnedItem } from "./store-items.ts";

interface Patch {
  readonly traits: JsonObject;
  readonly at: number;
}

/** Sets the traits that items carry, in one statement. Traits of later date than the items stay as they are. */
export async function applyTraits(tx: Tx, owned: readonly OwnedItem[]): Promise<void> {
  const patches = new Map<string, Patch>();
  for (const { item, profileId } of owned) {
    if (!item.traits) continue;
    const earlier = patches.get(profileId);
    patches.set(profileId, { traits: { ...earlier?.traits, ...item.traits }, at: item.receivedAt });
  }
  if (patches.size === 0) return;
  await tx.run(sql, [
    tx.workspaceId,
    plainArray([...patches.keys()]),
    jsonArray([...patches.values()].map(({ traits }) => traits)),
    timeArray([...patches.values()].map(({ at }) => at)),
  ]);
}

const sql = /* sql */ `
update profiles p
set traits = case when to_timestamp(n.at) >= p.updated_at then p.traits || n.traits else n.traits || p.traits end,
  updated_at = greatest(p.updated_at, to_timestamp(n.at))
from unnest($2::uuid[], $3::jsonb[], $4::float8[]) as n (profile_id, traits, at)
where p.workspace_id = $1 and p.id = n.profile_id`;
