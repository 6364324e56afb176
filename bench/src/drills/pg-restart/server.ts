import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectStore, createWorkspace, migrate, migrateQueues } from "@wend/core";
import type { Embedded } from "@wend/core/embedded";
import { startEmbedded } from "@wend/core/embedded";
import type { Place } from "../stage/place.ts";

/** A PostgreSQL of the drill's own, which it may restart as it likes; any other server may have other users. */
export interface RestartableServer {
  readonly place: Omit<Place, "redis">;
  /** Ends it and starts it again on the same data and port: in order, or at once like a crash. */
  restart(how: "fast" | "immediate"): Promise<void>;
  close(): Promise<void>;
}

export async function startServer(): Promise<RestartableServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "wend-drill-"));
  let embedded: Embedded = await startEmbedded({ dataDir });
  const databaseUrl = embedded.url;
  await migrate(databaseUrl);
  await migrateQueues(databaseUrl);
  const store = connectStore({ url: databaseUrl, max: 1 });
  const workspace = await createWorkspace(store, { slug: "drill", name: "Drill" });
  await store.close();
  return {
    place: { databaseUrl, workspace },
    restart: async (how) => {
      // SIGQUIT is an immediate shutdown: nobody is asked, and the log is replayed at the next start.
      if (how === "immediate") process.kill(embedded.pid, "SIGQUIT");
      await embedded.stop();
      embedded = await startEmbedded({ dataDir, port: embedded.port });
    },
    close: async () => {
      await embedded.stop();
      await rm(embedded.dataDir, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
