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
    const { code } = cause as NodeJS.ErrnoException;
    throw new WendError("store.embedded_failed", { detail: `The folder ${path} cannot be made: ${code}.`, cause });
  }
}

async function makeMissing(path: string, mode: number | undefined): Promise<void> {
  const missing: string[] = [];
  for (let folder = resolve(path); !(await exists(folder)); folder = dirname(folder)) missing.push(folder);
  for (const folder of missing.reverse()) await mkdir(folder, { mode }).catch(unlessThere);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );

// Made by somebody else meanwhile.
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
