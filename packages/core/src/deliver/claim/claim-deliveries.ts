import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Claimed, ClaimHead } from "./claimed.ts";

export interface ClaimQuery {
  readonly connectionId: string;
  readonly ids: readonly string[];
  readonly leaseMs: number;
  /** At most so many of them. */
  readonly limit: number;
}

/**
 * Takes those of the named deliveries that are due, in one statement: the intent to call, the attempt number and the
 * lease are in it. Ids that are not due, settled or held by another worker are passed over, so a stale job is a no-op.
 * One found in `sending` with its lease over was lost between call and record, and is ambiguous from here on.
 */
export function claimDeliveries(tx: Tx, query: ClaimQuery): Promise<(Claimed & ClaimHead)[]> {
  return tx.rows(statement, [
    tx.workspaceId,
    plainArray(query.ids),
    query.connectionId,
    tx.now,
    query.leaseMs,
    query.limit,
  ]);
}

const statement = /* sql */ `
with due as (
  select d.id, d.attempt as lost_attempt, case when d.state = 'sending' then d.due_at end as lease_end
  from deliveries d
  where d.workspace_id = $1 and d.id = any($2::uuid[]) and d.connection_id = $3
    and d.state in ('queued', 'sending') and d.due_at <= to_timestamp($4 / 1000e0)
  limit $6
  for update skip locked
), claimed as (
  update deliveries d
  set state = 'sending', attempt = d.attempt + 1,
    due_at = to_timestamp(($4 + $5) / 1000e0),
    first_call_at = coalesce(d.first_call_at, to_timestamp($4 / 1000e0)),
    ambiguous = d.ambiguous or due.lease_end is not null
  from due where d.workspace_id = $1 and d.id = due.id
  returning d.id, d.run_id, d.seq, d.journey_id, d.version, d.node_id, d.profile_id, d.action, d.channel, d.purpose,
    d.topic, d.address, d.input, d.awaited, d.attempt, d.ambiguous, d.first_call_at, d.planned_at, due.lease_end
), lost as (
  insert into attempts (workspace_id, delivery_id, attempt, started_at, ended_at, outcome, code)
  select $1, id, lost_attempt, lease_end - $5 * interval '1 millisecond', lease_end, 'lost', 'delivery.lease_lost'
  from due where lease_end is not null
  on conflict do nothing
)
select c.id, c.run_id, c.seq, c.journey_id, c.version, c.node_id, c.profile_id, c.action, c.channel, c.purpose, c.topic,
  c.address, c.input::text as input, c.awaited, c.attempt, c.ambiguous, c.first_call_at, c.planned_at, c.lease_end,
  r.status as run_status, r.ended_by, r.entry_key, r.entry_name, r.entry_at, r.entry_id, r.vars::text as vars,
  e.occurred_at, (e.payload -> 'properties')::text as properties, p.traits::text as traits, j.status as journey_status,
  (select json_agg(json_build_array(k.channel, k.purpose, k.topic, k.state)) from consents k
   where k.workspace_id = $1 and k.profile_id = c.profile_id) as consents,
  (select jsonb_agg(distinct jsonb_build_array(i.kind, i.name)) from inbox i
   where i.workspace_id = $1 and i.profile_id = c.profile_id) as pending,
  n.updated_at::text as connection_version, n.on_unknown, w.shards
from claimed c
join workspaces w on w.id = $1
left join connections n on n.workspace_id = $1 and n.id = $3
left join runs r on r.workspace_id = $1 and r.id = c.run_id
left join events e on e.workspace_id = $1 and e.profile_id = r.profile_id and e.name = r.entry_name
  and e.received_at = r.entry_at and e.id = r.entry_id
left join profiles p on p.workspace_id = $1 and p.id = c.profile_id
left join journeys j on j.workspace_id = $1 and j.id = c.journey_id`;
