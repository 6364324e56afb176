import type { JsonObject } from "@wend/journey";
import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ProfileWork } from "../profile-work.ts";

/** Fills in the traits of the batch's profiles. */
export async function loadTraits(tx: Tx, profiles: ReadonlyMap<string, ProfileWork>): Promise<void> {
  const rows = await tx.rows<{ id: string; traits: JsonObject }>(loadTraitsSql, [
    tx.workspaceId,
    plainArray([...profiles.keys()]),
  ]);
  for (const row of rows) profiles.get(row.id)!.traits = row.traits;
}

const loadTraitsSql = {
  name: "load-traits",
  text: /* sql */ `
select p.id, p.traits from unnest($2::uuid[]) as u (id)
cross join lateral (select id, traits from profiles where workspace_id = $1 and id = u.id offset 0) p`,
};
