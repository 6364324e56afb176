import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { WendError } from "@wend/plugin";

/**
 * Makes a folder and those above it that are missing. Node's own way of doing so never ends where a file system says of
 * a folder that is there that it is not, as /proc does. Throws `store.embedded_failed`.
 */
export async function makeFolders(path: string, mode?: number): Promise<void> {
  try {
    await makeMissing(path, mode);
  } catch (cause) {
    if (cause instanceof WendError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new WendError("store.embedded_failed", { detail: `The folder ${path} cannot be made: ${code}.`, cause });
  }
}

async function makeMissing(path: string, mode: number | undefined): Promise<void> {
  for (const folder of await missingFolders(path)) {
    try {
      await mkdir(folder, { mode });
    } catch (error) {
      // Made by somebody else meanwhile; or a link that leads nowhere.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !(await isFolder(folder))) throw error;
    }
  }
}

/** The folders yet to be made for a path, outermost first. Throws `store.embedded_failed` where a file is in the way. */
export async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = resolve(path); !(await isFolder(folder)); folder = dirname(folder)) missing.unshift(folder);
  return missing;
}

// False when nothing is there yet. Below a file nothing can be: the file itself is named, a step further up.
async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
  throw new WendError("store.embedded_failed", { detail: `${path} is not a folder.` });
}
