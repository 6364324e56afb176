import { shardOf, uuidv7 } from "../../ids.ts";
import { stateOfReceipt } from "../../receipt/rank.ts";
import { newsChannel } from "../../serve/delivery-news.ts";
import { jsonArray, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Outcome } from "../outcome.ts";
import { toldOutcome } from "../outcome.ts";

export interface Recorded {
  /**
   * Deliveries whose fence did not hold: another worker has claimed them since. Nothing was written about them. Those
   * that an earlier record of the same claim has written are not among them.
   */
  readonly rejected: readonly string[];
  /** The instant of the record, by the deciding clock. */
  readonly now: number;
  /** The shards of runs that were told what became of their delivery, one entry per row. */
  readonly toldShards: readonly number[];
}

/**
 * Writes outcomes, the calls behind them, and word to the runs that wait, in one statement. The fence is the number
 * of the claim in the same UPDATE: a worker that was stopped past its lease changes nothing, and neither does a second
 * record of the same outcomes.
 */
export async function recordOutcomes(tx: Tx, outcomes: readonly Outcome[], shards: number): Promise<Recorded> {
  const told = outcomes.map((outcome) => (outcome.delivery.awaited ? toldOutcome(outcome) : null));
  const deliveries = outcomes.map((outcome) => outcome.delivery);
  const calls = outcomes.map((outcome) => outcome.call);
  const shardNumbers = deliveries.map((delivery) => shardOf(delivery.profile_id, shards));
  const outputs = outcomes.map((outcome) => outcome.output);
  const keepsOutput = outputs.some((output) => output !== null);
  const [partly] = await tx.rows<{ settled: string[] }>(keepsOutput ? keepingStatement : statement, [
    tx.workspaceId,
    tx.now,
    plainArray(deliveries.map((delivery) => delivery.id)),
    plainArray(deliveries.map((delivery) => delivery.claim)),
    plainArray(outcomes.map((outcome) => outcome.state)),
    textArray(outcomes.map((outcome) => outcome.reason)),
    timeArray(outcomes.map((outcome) => outcome.dueAt)),
    plainArray(outcomes.map((outcome) => outcome.attempts)),
    plainArray(outcomes.map((outcome) => outcome.ambiguous)),
    textArray(outcomes.map((outcome) => outcome.providerId)),
    jsonArray(outcomes.map((outcome) => outcome.error)),
    jsonArray(outcomes.map((outcome) => outcome.checks)),
    timeArray(calls.map((call) => call?.startedAt ?? null)),
    timeArray(calls.map((call) => call?.endedAt ?? null)),
    plainArray(calls.map((call) => call?.outcome ?? null)),
    plainArray(calls.map((call) => call?.code ?? null)),
    textArray(calls.map((call) => call?.detail ?? null)),
    plainArray(told),
    plainArray(deliveries.map(({ awaited }) => (awaited ? uuidv7(tx.now) : null))),
    plainArray(shardNumbers),
    ...(keepsOutput ? [textArray(outputs)] : []),
  ]);
  const settled = partly && new Set(partly.settled);
  return {
    rejected: settled ? deliveries.map(({ id }) => id).filter((id) => !settled.has(id)) : [],
    now: tx.now,
    toldShards: shardNumbers.filter((_shard, index) => told[index] !== null),
  };
}

// The state that must still stand comes as a column, not as a constant: of a table without statistics the planner would
// take it for a rare one and read the whole workspace in search of it. A row comes back only if a fence did not hold.
// A receipt that came while the call was under way shows that the provider has it: whatever the call seemed to end in.
// What the same claim has left in another state was written by a record before, whose commit nobody heard of.
const textOf = ({
  array,
  column,
  set,
  told,
}: Record<"array" | "column" | "set" | "told", string>): string => /* sql */ `
with o as materialized (
  select *, 'sending' as held from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::float8[], $8::int[],
    $9::boolean[], $10::text[], $11::jsonb[], $12::jsonb[], $13::float8[], $14::float8[], $15::text[], $16::text[],
    $17::text[], $18::text[], $19::uuid[], $20::int[]${array})
  as u (id, fence, state, reason, due_at, attempts, ambiguous, provider_id, error, checks, started_at, ended_at,
    call_outcome, code, detail, told, inbox_id, shard${column})
), settled as (
  update deliveries d
  set state = case when d.receipt_rank > 0 then ${stateOfReceipt("d.receipt")} else o.state end,
    reason = case when d.receipt_rank > 0 then null else o.reason end,
    due_at = case when d.receipt_rank > 0 then null else to_timestamp(o.due_at) end, attempt = o.attempts,
    first_call_at = case when o.attempts > 0 then d.first_call_at end,
    ambiguous = o.ambiguous and d.receipt_rank = 0, provider_id = coalesce(o.provider_id, d.provider_id), error = o.error,
    checks = coalesce(o.checks, d.checks),
    settled_at = case when o.state <> 'queued' or d.receipt_rank > 0 then to_timestamp($2 / 1000e0) end,
    resent_at = case when o.state = 'queued' and o.call_outcome is distinct from 'ambiguous' then d.resent_at end${set}
  from o
  where d.workspace_id = $1 and d.id = o.id and d.state = o.held and d.claim = o.fence
  returning d.id, d.run_id, d.seq, d.profile_id, o.attempts, o.started_at, o.ended_at, o.call_outcome, o.code, o.detail,
    case when d.receipt_rank = 0 then o.told when not d.awaited then null
      when d.receipt = 'failed' then 'failed' else 'accepted' end as told, o.inbox_id, o.shard${told}
), called as (
  insert into attempts (workspace_id, delivery_id, attempt, started_at, ended_at, outcome, code, detail)
  select $1, id, attempts, to_timestamp(started_at), to_timestamp(ended_at), call_outcome, code, detail
  from settled where started_at is not null
  on conflict do nothing
), told as (
  insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, run_id, detail)
  select $1, shard, to_timestamp($2 / 1000e0), inbox_id, profile_id, 'outcome', run_id,
    jsonb_build_object('seq', seq, 'outcome', told)
  from settled where told is not null
)
select array(
  select id from settled
  union all
  select o.id from o
  cross join lateral (select state, claim from deliveries where workspace_id = $1 and id = o.id offset 0) d
  where d.claim = o.fence and d.state <> o.held
) as settled
where (select count(*) from settled) < cardinality($3::uuid[])`;

const statement = { name: "record-outcomes", text: textOf({ array: "", column: "", set: "", told: "" }) };

// Most actions keep nothing, and pay for nothing. What is kept may be waited for by a browser: `delivery-news.ts`.
const keepingStatement = {
  name: "record-outcomes-and-output",
  text: textOf({
    array: ", $21::jsonb[]",
    column: ", output",
    set: ",\n    output = coalesce(o.output, d.output)",
    told: `,
    case when o.output is not null then pg_notify('${newsChannel}',
      d.workspace_id || '/' || d.connection_id || '/' || d.profile_id)::text end`,
  }),
};
