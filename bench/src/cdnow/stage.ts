import type { Clock, Runtime, Workspace } from "@wend/core";
import {
  connectRuntime,
  createConnection,
  createJourney,
  inWorkspace,
  loadCatalog,
  publishJourney,
  replayImport,
} from "@wend/core";
import type { Worker } from "@wend/worker";
import { createWorker, runtimeHandlers } from "@wend/worker";
import type { Logger } from "pino";
import { importFile, loadMap } from "wend";
import { CONNECTION, journey } from "./journey.ts";
import { recordingMail } from "./recording-plugin.ts";

/** Where the purchases are replayed. */
export interface Stage {
  readonly databaseUrl: string;
  readonly workspace: Workspace;
  /** Absent: the queues live in the database. */
  readonly redis: { readonly url: string; readonly prefix: string } | undefined;
  /** What the recording plugin appends to. */
  readonly sinkFile: string;
}

/** A process of the stage; all of them read one instant from their clocks. */
export function connectStage(stage: Pick<Stage, "databaseUrl" | "redis">, clock: Clock, log: Logger): Promise<Runtime> {
  const { databaseUrl, redis } = stage;
  return connectRuntime({
    databaseUrl,
    redisUrl: redis?.url,
    ...(redis && { queuePrefix: redis.prefix }),
    plugins: [recordingMail],
    clock,
    log,
    poolSize: 6,
    applicationName: "wend-cdnow",
  });
}

/** The worker roles that a replay needs; the clock finds what a queue has lost or had no room for. */
export function startWorkers(runtime: Runtime, log: Logger): Worker {
  return createWorker({
    store: runtime.store,
    queues: runtime.queues,
    handlers: runtimeHandlers(runtime),
    roles: ["advance", "deliver", "email", "clock"],
    log,
  });
}

/** Connects the recording plugin and publishes the journey, as the API does. */
export async function setUpStage(runtime: Runtime, { workspace, sinkFile }: Stage): Promise<void> {
  const { plugins, secrets } = runtime;
  await inWorkspace(runtime.store, workspace.id, async (tx) => {
    const config = { file: sinkFile };
    await createConnection(tx, { plugins, secrets }, { key: CONNECTION, plugin: recordingMail.manifest.id, config });
    const { catalog } = await loadCatalog(tx, plugins);
    const { id } = await createJourney(tx, { key: "next-order", definition: journey, catalog, actor: "bench" });
    await publishJourney(tx, { journey: id, catalog, actor: "bench" });
  });
}

/** Stores the purchases as history and queues them: from here on the workers have everything to do. */
export async function importPurchases(runtime: Runtime, stage: Stage, file: string): Promise<void> {
  const { store } = runtime;
  const rejectsFile = `${stage.sinkFile}.rejects`;
  const map = await loadMap("cdnow");
  const { importId, rejected } = await importFile({ file, map, store, workspace: stage.workspace, rejectsFile });
  if (rejected > 0) throw new Error(`${rejected} rows of ${file} do not fit, see ${rejectsFile}`);
  await replayImport(runtime, stage.workspace, importId);
}
