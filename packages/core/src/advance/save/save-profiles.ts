import { jsonArray, plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ProfileWork } from "../profile-work.ts";

/** Writes the traits that the batch changed. */
export function saveProfiles(tx: Tx, profiles: readonly ProfileWork[]): Promise<number> {
  return tx.run(saveProfilesSql, [
    tx.workspaceId,
    plainArray(profiles.map((p) => p.id)),
    jsonArray(profiles.map((p) => p.traits)),
    tx.now,
  ]);
}

const saveProfilesSql = {
  name: "save-profiles",
  text: /* sql */ `
update profiles p set traits = u.traits, updated_at = to_timestamp($4 / 1000e0)
from unnest($2::uuid[], $3::jsonb[]) as u (id, traits)
where p.workspace_id = $1 and p.id = u.id`,
};
