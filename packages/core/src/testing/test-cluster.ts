import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLocked } from "../embedded/lock.ts";
import { startEmbedded } from "../embedded/start.ts";

export interface TestCluster {
  readonly url: string;
  /** Ends the server when it is ours; its data stays only if asked for. */
  stop(keep: boolean): Promise<void>;
}

const prefix = "wend-test-";
const keptMark = "kept";
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The server at the address given, or one of our own in a temporary folder. */
export async function findCluster(databaseUrl: string | undefined): Promise<TestCluster> {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: async () => {} };
  await sweepFolders(Date.now());
  const folder = await mkdtemp(join(tmpdir(), prefix));
  // Our own folder, so it may be opened for the server's account.
  await chmod(folder, 0o755);
  const embedded = await startEmbedded({ dataDir: folder, throwaway: true });
  return {
    url: embedded.url,
    stop: async (keep) => {
      await embedded.stop();
      if (keep) return keepFolder(folder, embedded.dataDir);
      await rm(embedded.dataDir, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function keepFolder(folder: string, dataDir: string): Promise<void> {
  await writeFile(join(folder, keptMark), dataDir);
  process.stderr.write(`kept for a day, start it with WEND_DATA: ${dataDir}\n`);
}

// What runs left behind that were killed, or kept for somebody to look at.
async function sweepFolders(now: number): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    if (await isLitter(folder, now)) await rm(folder, { recursive: true, force: true });
  }
}

async function isLitter(folder: string, now: number): Promise<boolean> {
  if (await isLocked(join(folder, "lock"))) return false;
  const kept = await ageOf(join(folder, keptMark), now);
  if (kept !== undefined) return kept > dayMs;
  // A run that has just begun has no lock yet.
  return ((await ageOf(folder, now)) ?? 0) > 10 * minuteMs;
}

async function ageOf(path: string, now: number): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => now - mtimeMs,
    () => undefined,
  );
}
