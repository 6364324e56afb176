import type { CatalogRef } from "../connections/load-catalog.ts";
import type { RouteState } from "../routes/choose-member.ts";
import { chooseMember } from "../routes/choose-member.ts";
import { loadRouteStates } from "../routes/load-route-states.ts";
import type { Tx } from "../store/transaction.ts";
import type { VersionCache } from "./version-cache.ts";

/** The connection that a delivery is planned on, and the route that chose it, if one did. */
export interface Way {
  readonly connectionId: string | null;
  readonly routeId: string | null;
}

export type FindWay = (key: string, profileId: string) => Way;

/** The ways out of a workspace at one instant. */
export interface Ways {
  /** Connections and routes by key. */
  readonly refs: ReadonlyMap<string, CatalogRef>;
  readonly wayOf: FindWay;
}

const nowhere: Way = { connectionId: null, routeId: null };

/** Asks how the routes stand, in one statement; a workspace that has none asks nothing. */
export async function loadWays(tx: Tx, versions: VersionCache): Promise<Ways> {
  const refs = versions.connections(tx.workspaceId);
  if (!hasRoute(refs)) return directWays(refs);
  const routes = await loadRouteStates(tx);
  const current = isCurrent(refs, routes) ? refs : await versions.reloadConnections(tx);
  const { wayOf } = directWays(current);
  return {
    refs: current,
    wayOf: (key, profileId) => {
      const ref = current.get(key);
      return ref?.isRoute ? wayBy(routes.get(ref.id), profileId) : wayOf(key, profileId);
    },
  };
}

const hasRoute = (refs: ReadonlyMap<string, CatalogRef>): boolean => refs.values().some(({ isRoute }) => isRoute);

// A route that was deleted has left its key free for something else.
const isCurrent = (refs: ReadonlyMap<string, CatalogRef>, routes: ReadonlyMap<string, RouteState>): boolean =>
  refs.values().every(({ id, isRoute }) => !isRoute || routes.has(id));

function directWays(refs: ReadonlyMap<string, CatalogRef>): Ways {
  const ways = new Map([...refs].map(([key, { id }]) => [key, { connectionId: id, routeId: null }]));
  return { refs, wayOf: (key) => ways.get(key) ?? nowhere };
}

function wayBy(route: RouteState | undefined, profileId: string): Way {
  if (!route) return nowhere;
  return { connectionId: chooseMember(route, profileId) ?? null, routeId: route.id };
}
