/** How a route chooses among its members: the first that is not down, or by weight. */
export type RouteMode = "failover" | "split";

/** Several connections of one channel behind one key, as the API shows them. Times are milliseconds since the epoch. */
export interface Route {
  readonly id: string;
  /** The name journeys use; no connection has it. */
  readonly key: string;
  readonly channel: string;
  readonly mode: RouteMode;
  /** In the order in which failover tries them. */
  readonly members: readonly RouteMember[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface RouteMember {
  readonly connectionId: string;
  /** The connection's key. */
  readonly key: string;
  /** Its part of a split; a failover does not ask for it. */
  readonly weight: number;
}

/** A member as stored. */
export interface StoredMember {
  readonly connectionId: string;
  readonly weight: number;
}

export interface RouteRow {
  id: string;
  key: string;
  channel: string;
  mode: RouteMode;
  members: StoredMember[];
  /** Connection id -> key, of the members. */
  member_keys: Record<string, string>;
  created_at: number;
  updated_at: number;
}

/** Of `routes r`. */
export const routeColumns = `r.id, r.key, r.channel, r.mode, r.members, r.created_at, r.updated_at, (
  select coalesce(jsonb_object_agg(c.id, c.key), '{}') from connections c
  where c.workspace_id = r.workspace_id
    and c.id in (select (m ->> 'connectionId')::uuid from jsonb_array_elements(r.members) m)
) as member_keys`;

export function toRoute(row: RouteRow): Route {
  return {
    id: row.id,
    key: row.key,
    channel: row.channel,
    mode: row.mode,
    members: row.members.map(({ connectionId, weight }) => ({
      connectionId,
      key: row.member_keys[connectionId] ?? connectionId,
      weight,
    })),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
