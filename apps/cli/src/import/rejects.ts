import type { FileHandle } from "node:fs/promises";
import { open, readFile, rm, writeFile } from "node:fs/promises";
import { WendError } from "@wend/plugin";

/** A row that was not taken, and why. */
export interface Reject {
  readonly line: number;
  readonly code: string;
  /** The field of the mapping that found no value. */
  readonly pointer: string;
  readonly reason: string;
  /** The row as it stands in the file. */
  readonly row: string;
}

export function toReject(error: WendError, { line, raw }: { line: number; raw: string }): Reject {
  return { line, code: error.code, pointer: error.pointer ?? "", reason: error.detail ?? error.message, row: raw };
}

/** The file of rejects, one JSON object a line. It is not made before there is one. */
export interface RejectFile {
  readonly path: string;
  add(rejects: readonly Reject[]): Promise<void>;
  close(): Promise<void>;
}

/** Keeps of an earlier run what stands up to its checkpoint; the lines behind it will be read again. */
export async function openRejects(path: string, checkpointLine: number): Promise<RejectFile> {
  await keepUpTo(path, checkpointLine);
  let file: FileHandle | undefined;
  return {
    path,
    add: async (rejects) => {
      if (rejects.length === 0) return;
      // Rows are customer data.
      file ??= await open(path, "a", 0o600).catch(unwritable);
      await file.appendFile(rejects.map((reject) => `${JSON.stringify(reject)}\n`).join(""));
    },
    close: async () => file?.close(),
  };
}

async function keepUpTo(path: string, line: number): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const kept = text.split("\n").filter((entry) => isUpTo(entry, line));
  if (kept.length === 0) await rm(path).catch(unwritable);
  else await writeFile(path, `${kept.join("\n")}\n`).catch(unwritable);
}

function unwritable(cause: NodeJS.ErrnoException): never {
  throw new WendError("import.rejects_unwritable", { detail: `${cause.path}: ${cause.code}.`, cause });
}

// A process that was killed may have left half an entry.
function isUpTo(entry: string, line: number): boolean {
  try {
    return (JSON.parse(entry) as Reject).line <= line;
  } catch {
    return false;
  }
}
