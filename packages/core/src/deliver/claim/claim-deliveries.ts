import { plainArray } from "../../store/arrays.ts";
import type { OpeningTx, Tx } from "../../store/transaction.ts";
import type { LimitedDelivery } from "../limits/admit.ts";
import { dayOf } from "../limits/limits.ts";
import type { Claimed, ClaimHead } from "./claimed.ts";
import type { DueDelivery } from "./group-calls.ts";

export interface ClaimQuery {
  readonly connectionId: string;
  readonly ids: readonly string[];
  readonly leaseMs: number;
}

/**
 * Takes those of the named deliveries that are due, in one statement: the intent to call, the fence and the lease are
 * in it. Ids that are not due, settled or held by another worker are passed over, so a stale job is a no-op.
 * One found in `sending` with its lease over was lost between call and record, and is ambiguous from here on.
 */
export function claimDeliveries(tx: OpeningTx, query: ClaimQuery): Promise<(Claimed & ClaimHead)[]> {
  // One order in all workers: two that claim the same rows wait for each other, never in a circle.
  const ids = plainArray([...query.ids].sort());
  return tx.rows(statement, [tx.workspaceId, ids, query.connectionId, query.leaseMs]);
}

/** Those of the named deliveries that are due, by their ids: for a claim that may not take all of them. */
export function findDue(tx: OpeningTx, { connectionId, ids }: Omit<ClaimQuery, "leaseMs">): Promise<DueDelivery[]> {
  return tx.rows(dueStatement, [tx.workspaceId, plainArray(ids), connectionId]);
}

/** The same, with what the connection's limits ask of each. */
export function findLimited(tx: Tx, { connectionId, ids }: Omit<ClaimQuery, "leaseMs">): Promise<LimitedDelivery[]> {
  return tx.rows(limitedStatement, [tx.workspaceId, plainArray(ids), connectionId, dayOf(tx.now)]);
}

const now = "to_timestamp(current_setting('wend.now')::float8 / 1000e0)";

// A case, because in the open these conditions make the planner go through all that is due to find these few.
const isDue = `case when d.connection_id = $3 and d.state in ('queued', 'sending')
  and d.due_at <= ${now} then true end`;

const findText = (more: string) => `
select d.id, d.action, d.ambiguous or d.state = 'sending' as ambiguous${more} from unnest($2::uuid[]) as u (id)
cross join lateral (select * from deliveries where workspace_id = $1 and id = u.id offset 0) d
where ${isDue} order by d.id`;

const dueStatement = { name: "find-due-deliveries", text: findText("") };

const limitedStatement = {
  name: "find-limited-deliveries",
  text: findText(`, d.purpose, d.address, d.state = 'sending' as lost,
  d.counted_day is not distinct from to_timestamp($4 / 1000e0) as counted`),
};

// Rows are locked by the update itself, in the order of the ids; locking them in a step before it costs a quarter more.
// A run that ended only because the outcome of this very delivery was unknown does not forbid sending it again.
// The lease that is over stands in the version of the row that this statement's snapshot still sees.
const statement = {
  name: "claim-deliveries",
  text: /* sql */ `
with claimed as (
  update deliveries d
  set state = 'sending', attempt = d.attempt + 1, claim = d.claim + 1,
    due_at = ${now} + $4 * interval '1 millisecond',
    first_call_at = coalesce(d.first_call_at, ${now}),
    ambiguous = d.ambiguous or d.state = 'sending',
    resent_at = case when d.state = 'queued' then d.resent_at end
  from unnest($2::uuid[]) as u (id)
  where d.workspace_id = $1 and d.id = u.id and ${isDue}
  returning d.id, d.run_id, d.seq, d.journey_id, d.version, d.node_id, d.profile_id, d.action, d.channel, d.purpose,
    d.topic, d.address, d.input, d.awaited, d.attempt, d.claim, d.ambiguous, d.first_call_at, d.resent_at,
    d.planned_at, d.receipt_rank, d.route_id,
    case when d.ambiguous then (
      select o.due_at from deliveries o where o.workspace_id = $1 and o.id = d.id and o.state = 'sending'
    ) end as lease_end
), lost as (
  insert into attempts (workspace_id, delivery_id, attempt, started_at, ended_at, outcome, code)
  select $1, id, attempt - 1, lease_end - $4 * interval '1 millisecond', lease_end, 'lost', 'delivery.lease_lost'
  from claimed where lease_end is not null
  on conflict do nothing
)
select c.id, c.run_id, c.seq, c.journey_id, c.version, c.node_id, c.profile_id, c.action, c.channel, c.purpose, c.topic,
  c.address, c.input::text as input, c.awaited, c.attempt, c.claim, c.ambiguous, c.first_call_at, c.resent_at,
  c.planned_at, c.receipt_rank, c.lease_end, c.route_id,
  r.status as run_status,
  case when r.outcome = 'delivery_unknown' and r.seq = c.seq then 'end' else r.ended_by end as ended_by, r.entry_key, r.entry_name, r.entry_at, r.entry_id, r.vars::text as vars,
  e.occurred_at, (e.payload -> 'properties')::text as properties, p.traits::text as traits, j.status as journey_status,
  (select json_agg(json_build_array(k.channel, k.purpose, k.topic, k.state)) from consents k
   where k.workspace_id = $1 and k.profile_id = c.profile_id) as consents,
  (select jsonb_agg(distinct jsonb_build_array(i.kind, i.name)) from inbox i
   where i.workspace_id = $1 and i.profile_id = c.profile_id) as pending,
  (select updated_at::text from connections where workspace_id = $1 and id = $3) as connection_version,
  (select shards from workspaces where id = $1) as shards
from claimed c
left join runs r on r.workspace_id = $1 and r.id = c.run_id
left join events e on e.workspace_id = $1 and e.profile_id = r.profile_id and e.name = r.entry_name
  and e.received_at = r.entry_at and e.id = r.entry_id
left join profiles p on p.workspace_id = $1 and p.id = c.profile_id
left join journeys j on j.workspace_id = $1 and j.id = c.journey_id`,
};
