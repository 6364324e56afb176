import type { Catalog } from "../language/catalog.ts";
import type { AuthoredDefinition, AuthoredJourney } from "./authored-journey.ts";
import type { AuthorConnections, AuthorRoutes, CallableOf } from "./callable.ts";
import { createCatalog } from "./create-catalog.ts";

/** What journeys may call. */
export interface AuthoringOptions<Connections extends AuthorConnections, Routes extends AuthorRoutes> {
  /** The manifest of each connection, by its key in the workspace. */
  readonly connections: Connections;
  /** The connections behind each route, by its key in the workspace, in their order there. */
  readonly routes?: Routes;
}

/** To write journeys for these connections. */
export interface Authoring<Connections extends AuthorConnections, Routes extends AuthorRoutes> {
  /**
   * Returns the definition unchanged. A connection or action that is not there, a wrong, a missing or a mistyped field of
   * an input and an edge that leads nowhere do not compile.
   */
  defineJourney<const Id extends string>(
    definition: AuthoredDefinition<CallableOf<Connections, Routes>, Id>,
  ): AuthoredJourney<Id>;
  /** For `validateJourney`, which tells what types cannot. */
  readonly catalog: Catalog;
}

/** Types journeys by the manifests of their connections. */
export function createAuthoring<
  const Connections extends AuthorConnections,
  const Routes extends AuthorRoutes<keyof Connections & string> = NoRoutes,
>(options: AuthoringOptions<Connections, Routes>): Authoring<Connections, Routes> {
  return {
    // The types above hold of what is written; to whatever reads it, it is a definition.
    defineJourney: (definition) => definition as never,
    catalog: createCatalog(options),
  };
}

type NoRoutes = Record<never, never>;
