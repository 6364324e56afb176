import type { Json } from "@wend/journey";
import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { RunSlot } from "../run-slot.ts";

/** Whether the run waits at a node that keeps what its action returned. */
export function keepsOutput({ run, version }: RunSlot): boolean {
  const node = version.nodes.get(run.nodeId);
  return (node?.type === "send" || node?.type === "webhook") && node.as !== undefined;
}

/** Fills in what the deliveries returned that the runs wait for, as far as they have been answered. */
export async function loadOutputs(tx: Tx, slots: readonly RunSlot[]): Promise<void> {
  const rows = await tx.rows<{ run_id: string; output: Json }>(loadOutputsSql, [
    tx.workspaceId,
    plainArray(slots.map(({ run }) => run.profileId)),
    plainArray(slots.map(({ run }) => run.id)),
    plainArray(slots.map(({ run }) => run.seq)),
  ]);
  const byRun = new Map(rows.map((row) => [row.run_id, row.output]));
  for (const slot of slots) slot.output = byRun.get(slot.run.id);
}

// The delivery under way is among the profile's newest: the search goes from there.
const loadOutputsSql = {
  name: "load-outputs",
  text: /* sql */ `
select u.run_id, d.output
from unnest($2::uuid[], $3::uuid[], $4::int[]) as u (profile_id, run_id, seq)
cross join lateral (
  select output from deliveries where workspace_id = $1 and profile_id = u.profile_id
    and run_id = u.run_id and seq = u.seq order by id desc limit 1
) d
where d.output is not null`,
};
