import { jsonArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Fact } from "../fact.ts";

/** How long a fact waits for the delivery that it is about. */
export const parkedForMs = 86_400_000;

/** Keeps facts that are about nothing known yet: a provider can be quicker than the record of its own answer. */
export async function parkFacts(tx: Tx, connectionId: string, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const sorted = [...facts].sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
  await tx.run(sql, [
    tx.workspaceId,
    connectionId,
    tx.now / 1000,
    textArray(sorted.map(({ messageId }) => messageId)),
    jsonArray(sorted),
  ]);
}

const sql = {
  name: "park-facts",
  text: /* sql */ `
insert into parked_facts (workspace_id, connection_id, id, fact, parked_at, look_at)
select $1, $2, id, fact, to_timestamp($3), to_timestamp($3) from unnest($4::text[], $5::jsonb[]) as f (id, fact)
on conflict do nothing`,
};
