import type { Logger } from "pino";
import type { Accept } from "./accept/accept.ts";
import type { Connections } from "./connections/connections.ts";
import type { PluginRegistry } from "./connections/plugin-registry.ts";
import type { VersionCache } from "./journeys/version-cache.ts";
import type { Queues } from "./queue/queues.ts";
import type { Store } from "./store/connect.ts";

/** Everything that runs share in one process; made once by `createRuntime`. */
export interface Runtime {
  readonly store: Store;
  readonly queues: Queues;
  readonly plugins: PluginRegistry;
  readonly versions: VersionCache;
  readonly log: Logger;
}
export type { Accept, Connections };
