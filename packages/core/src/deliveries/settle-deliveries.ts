import { uuidv7 } from "../ids.ts";
import { plainArray } from "../store/arrays.ts";
import type { Tx } from "../store/transaction.ts";
import type { VerdictCall, VerdictReport } from "./verdict.ts";
import { askedIds, giveVerdict, isUnknown, reportAsked } from "./verdict.ts";

export interface Settlement extends VerdictCall {
  /** What the provider did with them, as the operator has found out. */
  readonly as: "accepted" | "failed";
  readonly shards: number;
}

/** The reason of a delivery that a person has settled. */
export const settledByOperator = "settled_by_operator";

/**
 * Settles deliveries of unknown outcome, in one statement. Sends nothing. A run that still waits for the outcome, since
 * its journey is paused or an error parked it, is told.
 */
export function settleDeliveries(tx: Tx, { as, shards, ...call }: Settlement): Promise<VerdictReport> {
  const ids = askedIds(call);
  const inboxIds = plainArray(ids.map(() => uuidv7(tx.now)));
  return giveVerdict(tx, { ...call, ids }, { text: statement, values: [as, settledByOperator, inboxIds, shards] });
}

const statement = /* sql */ `
with asked as materialized (
  select id, inbox_id from unnest($3::uuid[], $7::uuid[]) as u (id, inbox_id)
), judged as (
  update deliveries d
  set state = $5, reason = $6, ambiguous = false, settled_at = to_timestamp($2 / 1000e0)
  from asked a
  where d.workspace_id = $1 and d.id = a.id and ${isUnknown}
  returning d.id, d.claim, d.run_id, d.seq, d.profile_id, d.awaited, a.inbox_id
), noted as (
  insert into delivery_verdicts (workspace_id, delivery_id, claim, verdict, at, actor)
  select $1, id, claim, $5, to_timestamp($2 / 1000e0), $4 from judged
), told as (
  insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, run_id, detail)
  select $1, get_byte(uuid_send(j.profile_id), 15) & ($8 - 1), to_timestamp($2 / 1000e0), j.inbox_id, j.profile_id,
    'outcome', j.run_id, jsonb_build_object('seq', j.seq, 'outcome', $5::text)
  from judged j
  cross join lateral (select seq, status from runs where workspace_id = $1 and id = j.run_id offset 0) r
  where j.awaited and r.seq = j.seq and r.status <> 'ended'
)${reportAsked}`;
