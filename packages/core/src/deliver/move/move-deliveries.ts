import { nextMember } from "../../routes/choose-member.ts";
import { loadRouteStates } from "../../routes/load-route-states.ts";
import { plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import { movingCodes } from "./may-move.ts";

/** Deliveries that their connection cannot take now. */
export interface MoveQuery {
  readonly connectionId: string;
  readonly ids: readonly string[];
  /** The provider is known to be down: they need not have failed by themselves. */
  readonly isDown: boolean;
}

export interface MovedDelivery {
  readonly id: string;
  /** Its connection from here on. */
  readonly connectionId: string;
}

/** Calls of a delivery that must have failed before it is moved, while its connection serves others. */
const failuresToMove = 2;

/**
 * Hands deliveries to the next member of their route, due at once and under the same key, in two statements. One that
 * may have been sent stays, for only the same provider can tell; so does one that no other member can take, or that
 * has been round once.
 */
export async function moveDeliveries(tx: Tx, { connectionId, ids, isDown }: MoveQuery): Promise<MovedDelivery[]> {
  const routes = [...(await loadRouteStates(tx)).values()].flatMap((route) => {
    const to = nextMember(route, connectionId);
    return to === undefined ? [] : [{ id: route.id, to, most: route.members.length }];
  });
  if (routes.length === 0) return [];
  return tx.rows<{ id: string; connectionId: string }>(statement, [
    tx.workspaceId,
    tx.now,
    plainArray([...ids].sort()),
    connectionId,
    plainArray(routes.map(({ id }) => id)),
    plainArray(routes.map(({ to }) => to)),
    plainArray(routes.map(({ most }) => most)),
    isDown ? 0 : failuresToMove,
    textArray(movingCodes),
  ]);
}

// The calls made so far keep the name of the connection that made them; until then it is the delivery's own.
const statement = /* sql */ `
with way as materialized (
  select * from unnest($5::uuid[], $6::uuid[], $7::int[]) as u (route_id, connection_id, most)
), moved as (
  update deliveries d
  set connection_id = way.connection_id, route_moves = d.route_moves + 1, due_at = to_timestamp($2 / 1000e0)
  from unnest($3::uuid[]) as u (id), way
  where d.workspace_id = $1 and d.id = u.id and d.route_id = way.route_id
    and case when d.connection_id = $4 and d.state = 'queued' and not d.ambiguous and d.receipt_rank = 0 and d.route_moves < way.most
      and $8 <= (
        select count(*) from attempts a
        where a.workspace_id = $1 and a.delivery_id = d.id and a.connection_id is null and a.outcome = 'retry'
          and a.code = any($9::text[])
      ) then true end
  returning d.id, d.connection_id
), kept as (
  update attempts a set connection_id = $4 from moved m
  where a.workspace_id = $1 and a.delivery_id = m.id and a.connection_id is null
)
select id, connection_id as "connectionId" from moved`;
