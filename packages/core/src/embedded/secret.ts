import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";

/** Random bytes that are made once and kept in a file that only our user can read. */
export async function keepSecret(path: string, length: number): Promise<Buffer> {
  const kept = await readFile(path).catch(() => Buffer.alloc(0));
  // Anything shorter is what a crash left of the first writing: nothing depends on it yet.
  if (kept.length === length) return kept;
  const made = randomBytes(length);
  await writeFile(path, made, { mode: 0o600, flush: true });
  return made;
}
