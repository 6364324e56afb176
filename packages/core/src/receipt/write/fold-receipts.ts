import { uuidv7 } from "../../ids.ts";
import { plainArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { PlacedReceipt } from "../fact.ts";
import type { Weighed } from "../rank.ts";
import { stateOfReceipt, weighReceipt } from "../rank.ts";

/**
 * Folds receipts into their deliveries, in one statement: the highest rank stays. A delivery whose outcome was open is
 * settled by it, for its provider has it: it is not called again, and a run that waits is told. Gives back the shards
 * of those runs.
 */
export async function foldReceipts(tx: Tx, shards: number, placed: readonly PlacedReceipt[]): Promise<number[]> {
  const highest = highestOfEach(placed);
  if (highest.length === 0) return [];
  const rows = await tx.rows<{ shard: number }>(sql, [
    tx.workspaceId,
    tx.now,
    shards,
    plainArray(highest.map(({ id }) => id)),
    plainArray(highest.map(({ weighed }) => weighed.kind)),
    plainArray(highest.map(({ weighed }) => weighed.rank)),
    timeArray(highest.map(({ at }) => at)),
    plainArray(highest.map(() => uuidv7(tx.now))),
  ]);
  return rows.map(({ shard }) => shard);
}

interface Highest {
  readonly id: string;
  readonly weighed: Weighed;
  readonly at: number;
}

// In the order of the ids, like every statement that locks several deliveries.
function highestOfEach(placed: readonly PlacedReceipt[]): Highest[] {
  const highest = new Map<string, Highest>();
  for (const { fact, delivery } of placed) {
    const weighed = weighReceipt(fact.receipt);
    const known = highest.get(delivery.id);
    if (known && known.weighed.rank >= weighed.rank) continue;
    highest.set(delivery.id, { id: delivery.id, weighed, at: fact.receipt.at });
  }
  return [...highest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

// While it is being sent only the receipt is kept, and the record of the call finds it: that one has the fence. One
// that was never called cannot have reached anybody, whatever a provider says.
const isSettled = `d.state in ('accepted', 'delivered', 'bounced', 'failed')`;
const isOpen = `d.state in ('unknown', 'discarded', 'queued')`;

const sql = {
  name: "fold-receipts",
  text: /* sql */ `
with said as materialized (
  select * from unnest($4::uuid[], $5::text[], $6::smallint[], $7::float8[], $8::uuid[])
    as u (id, receipt, rank, at, inbox_id)
), before as materialized (
  select s.*, d.state as was, ${isOpen} as opened from said s
  cross join lateral (select * from deliveries where workspace_id = $1 and id = s.id order by id for update offset 0) d
), folded as (
  update deliveries d
  set receipt = b.receipt, receipt_rank = b.rank, receipt_at = to_timestamp(b.at),
    state = case when b.opened or ${isSettled} then ${stateOfReceipt("b.receipt")} else d.state end,
    reason = case when b.opened then null else d.reason end,
    ambiguous = d.ambiguous and not b.opened,
    due_at = case when b.opened then null else d.due_at end,
    settled_at = case when b.opened then to_timestamp($2 / 1000e0) else d.settled_at end
  from before b
  where d.workspace_id = $1 and d.id = b.id and b.rank > d.receipt_rank and d.attempt > 0
  returning d.id, d.run_id, d.seq, d.profile_id, d.awaited, d.state, b.opened, b.inbox_id
)
insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, run_id, detail)
select $1, get_byte(uuid_send(f.profile_id), 15) & ($3 - 1), to_timestamp($2 / 1000e0), f.inbox_id, f.profile_id,
  'outcome', f.run_id,
  jsonb_build_object('seq', f.seq, 'outcome', case f.state when 'failed' then 'failed' else 'accepted' end)
from folded f
cross join lateral (select seq, status from runs where workspace_id = $1 and id = f.run_id offset 0) r
where f.opened and f.awaited and r.seq = f.seq and r.status <> 'ended'
returning shard`,
};
