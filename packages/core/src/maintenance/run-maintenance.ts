import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Store } from "../store/connect.ts";
import type { Retention } from "./retention.ts";
import { retention as defaults } from "./retention.ts";
import { sweepWorkspace } from "./sweep-workspace.ts";

export interface MaintenanceOptions {
  readonly log: Logger;
  readonly retention?: Retention;
  /** Between two sweeps. */
  readonly everyMs?: number;
}

export interface RunningMaintenance {
  stop(): Promise<void>;
}

/** Sweeps all workspaces again and again until stopped. */
export function runMaintenance(store: Store, options: MaintenanceOptions): RunningMaintenance {
  const { log, retention = defaults, everyMs = 60_000 } = options;
  const stop = new AbortController();
  const sweepAll = async (): Promise<void> => {
    const { rows } = await store.router.query<{ id: number }>("select id from workspaces order by id");
    for (const { id } of rows) {
      if (stop.signal.aborted) return;
      const report = await sweepWorkspace(store, id, { retention, signal: stop.signal });
      if (report.messageIds + report.attempts + report.nonces > 0) log.info({ workspaceId: id, ...report }, "swept");
    }
  };
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await sweepAll().catch((error) => log.warn({ err: error }, "sweep failed"));
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const done = loop();
  return {
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}
