import type { ManualClock, Store, Workspace } from "@wend/core";
import { assertReplayable, connectRuntime, createPluginRegistry, replayImport } from "@wend/core";
import type { Plugin } from "@wend/plugin";
import type { Logger } from "pino";
import type { Data } from "../host/open-data.ts";

/** What a simulation brings along so that history can be replayed. */
export interface ReplayHost {
  readonly clock: ManualClock;
  /** Plugins of the workspace's connections; each must be marked as recording. */
  readonly plugins: readonly Plugin[];
  readonly log: Logger;
  /** Leads every key in Redis. */
  readonly queuePrefix?: string;
}

export interface ReplaySetup {
  readonly store: Store;
  readonly data: Data;
  readonly workspace: Workspace;
  readonly host: ReplayHost | undefined;
}

/** Asks before anything is stored whether a replay is allowed; throws `import.replay_refused`. The result replays an import. */
export async function openReplay(setup: ReplaySetup): Promise<(importId: string) => Promise<number>> {
  const { store, data, workspace, host } = setup;
  await assertReplayable({ store, plugins: createPluginRegistry(host?.plugins ?? []) }, workspace.id);
  return async (importId) => {
    const { clock, plugins, log, queuePrefix } = host!;
    const runtime = await connectRuntime({
      databaseUrl: data.databaseUrl,
      redisUrl: data.redisUrl,
      plugins,
      log,
      clock,
      ...(queuePrefix !== undefined && { queuePrefix }),
    });
    try {
      return (await replayImport(runtime, workspace, importId)).events;
    } finally {
      await runtime.close();
    }
  };
}
