import { shareActions } from "../catalog/shared-actions.ts";
import type { Catalog, CatalogConnection } from "../language/catalog.ts";
import type { AuthorConnections, AuthorRoutes } from "./callable.ts";

/** What journeys may refer to where these are the connections and routes. */
export function createCatalog({ connections, routes = {} }: Options): Catalog {
  const plugged = (key: string) => ({ key, plugin: { manifest: connections[key]! } });
  const routed = Object.entries(routes).map(([route, [first, ...rest]]): [string, CatalogConnection] => {
    const shared = shareActions([plugged(first), ...rest.map(plugged)]);
    return [route, { plugin: connections[first]!.id, ...shared }];
  });
  const own = Object.entries(connections).map(([key, { id, actions }]) => [key, { plugin: id, actions }] as const);
  return { connections: Object.fromEntries([...own, ...routed]) };
}

interface Options {
  readonly connections: AuthorConnections;
  readonly routes?: AuthorRoutes;
}
