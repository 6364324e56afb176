import type { Tx } from "../store/transaction.ts";
import type { RouteState } from "./choose-member.ts";
import type { RouteMode, StoredMember } from "./route.ts";

/** The workspace's routes as they stand now, by id, in one statement. */
export async function loadRouteStates(tx: Tx): Promise<ReadonlyMap<string, RouteState>> {
  const rows = await tx.rows<{ id: string; mode: RouteMode; members: StoredMember[]; down: string[] }>(statement, [
    tx.workspaceId,
    tx.now,
  ]);
  return new Map(rows.map(({ down, ...route }) => [route.id, { ...route, down: new Set(down) }]));
}

const statement = {
  name: "load-route-states",
  text: /* sql */ `
select id, mode, members, array(
  select c.id::text from connections c
  where c.workspace_id = $1 and c.down_until > to_timestamp($2::float8 / 1000)
) as down
from routes where workspace_id = $1`,
};
