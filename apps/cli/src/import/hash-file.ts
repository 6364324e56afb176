import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { WendError } from "@wend/plugin";

/** A file as found before it is read. */
export interface SourceFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 in hex. */
  readonly hash: string;
}

const chunkBytes = 256 * 1024;

/** Reads a file through once. Throws `import.file_not_found`. */
export async function hashFile(path: string): Promise<SourceFile> {
  const hash = createHash("sha256");
  try {
    const { size } = await stat(path);
    for await (const chunk of openFile(path)) hash.update(chunk);
    return { path, size, hash: hash.digest("hex") };
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new WendError("import.file_not_found", { detail: `${path}: ${reason}.`, cause });
  }
}

/** The chunks of a file; throws `import.file_changed` at its end when they are not those that were hashed. */
export async function* readUnchanged({ path, hash }: SourceFile): AsyncGenerator<Buffer> {
  const read = createHash("sha256");
  for await (const chunk of openFile(path)) {
    read.update(chunk);
    yield chunk;
  }
  if (read.digest("hex") !== hash) throw new WendError("import.file_changed", { detail: path });
}

const openFile = (path: string): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: chunkBytes });
