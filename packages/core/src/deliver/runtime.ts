import type { Logger } from "pino";
import type { Connections } from "../connections/connections.ts";
import type { VersionCache } from "../journeys/version-cache.ts";
import type { DeliveryTarget, Queues } from "../queue/queues.ts";
import type { Store } from "../store/connect.ts";
import type { SuppressionList } from "../suppressions/suppression-list.ts";

/** What delivering needs of a process. */
export interface DeliverRuntime {
  readonly store: Store;
  readonly connections: Connections;
  readonly versions: VersionCache;
  readonly suppressions: Pick<SuppressionList, "find" | "add" | "unsubscribe">;
  readonly queues: Pick<Queues, "wake" | "dispatch">;
  readonly log: Logger;
  /** For jitter; `Math.random` unless a test wants to know. */
  readonly random?: () => number;
}

export type { DeliveryTarget };
