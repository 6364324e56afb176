import { createHash } from "node:crypto";
import { chown, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { WendError } from "@wend/plugin";
import type { Account } from "./account.ts";
import { makeFolders, missingFolders } from "./make-folders.ts";

// A user's own folders are never opened up for the server's account. /var/lib first: /var/tmp is swept by age.
const shelters = ["/var/lib/wend", "/var/tmp/wend"];

/**
 * Where to keep the data: as wished, or where the server's account can reach it, always the same for the same wish.
 * A wish that can be no folder is refused: whoever named a file meant something else than a folder elsewhere.
 */
export async function reachableFolder(wish: string, account: Account | undefined): Promise<string> {
  const path = resolve(wish);
  await missingFolders(path);
  if (account === undefined || (await canEnter(join(path, "postgres"), account))) return path;
  return join(await shelter(), createHash("sha256").update(path).digest("hex").slice(0, 12));
}

/** A folder of root's that everybody may enter and only root may fill. */
export async function shelter(): Promise<string> {
  for (const folder of shelters) {
    if (await claimed(folder)) return folder;
  }
  throw new WendError("store.embedded_failed", {
    detail: `Neither of ${shelters.join(", ")} can be used; set WEND_DATA to a folder that every user can enter.`,
  });
}

// In a folder where everybody may write, somebody else may have been there first.
async function claimed(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
  }
  const found = await stat(folder);
  return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
}

/** True when the account may pass through every folder above the path; those yet to be made do not count. */
export async function canEnter(path: string, account: Account): Promise<boolean> {
  for (let folder = await deepest(dirname(path)); ; folder = dirname(folder)) {
    if (!(await mayPass(folder, account))) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function mayPass(folder: string, account: Account): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

async function deepest(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return deepest(dirname(path));
  }
}

/** Makes a folder that belongs to the account alone. */
export async function ownFolder(path: string, account: Account | undefined): Promise<void> {
  await makeFolders(path, 0o700);
  if (account !== undefined) await chown(path, account.uid, account.gid);
}
