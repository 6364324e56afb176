import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { WendError } from "@wend/plugin";
import { startOf } from "./process.ts";

/** Held by the one process that runs the server on a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Takes the lock of a data folder; a lock whose process is gone is taken over. Throws `store.locked`. */
export async function lockFolder(path: string): Promise<FolderLock> {
  const mine = `${process.pid} ${await startOf(process.pid)}\n`;
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, mine);
  try {
    while (!(await taken(aside, path))) await removeStale(path);
  } finally {
    await rm(aside, { force: true });
  }
  return {
    release: async () => {
      if ((await content(path)) === mine) await rm(path, { force: true });
    },
  };
}

/** True while a living process holds the lock. */
export async function isLocked(path: string): Promise<boolean> {
  const found = await content(path);
  return found !== undefined && (await holderLives(found));
}

// A link appears with its content or not at all, and never over another.
async function taken(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function removeStale(path: string): Promise<void> {
  const found = await content(path);
  if (found === undefined) return;
  if (await holderLives(found)) throw locked(path, found);
  const moved = `${path}.stale.${process.pid}`;
  await rename(path, moved).catch(() => {});
  // Between reading and moving, another process may have taken the stale lock over: give it back.
  const seized = await content(moved);
  if (seized !== undefined && seized !== found) {
    await rename(moved, path);
    throw locked(path, seized);
  }
  await rm(moved, { force: true });
}

// A process id comes round again after a restart of the machine; its start time does not.
async function holderLives(lock: string): Promise<boolean> {
  const [pid, started] = lock.trim().split(" ");
  return started !== undefined && (await startOf(Number(pid))) === started;
}

async function content(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

const locked = (path: string, holder: string) =>
  new WendError("store.locked", { detail: `Process ${holder.split(" ")[0]} holds ${path}.` });
