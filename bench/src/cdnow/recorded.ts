import { readFile } from "node:fs/promises";
import type { Recorded } from "./recording-plugin.ts";

/** What reached the recording plugin. */
export interface RecordedCalls {
  /** By template; a key counts once however often it was called. */
  readonly sends: ReadonlyMap<string, number>;
  /** Calls whose key had been called before. */
  readonly repeated: number;
}

/** Throws when one key was called with different contents. */
export async function readRecorded(file: string): Promise<RecordedCalls> {
  const contents = new Map<string, string>();
  const sends = new Map<string, number>();
  let repeated = 0;
  for (const line of (await readFile(file, "utf8").catch(() => "")).split("\n").filter(Boolean)) {
    const { key, template } = JSON.parse(line) as Recorded;
    const before = contents.get(key);
    if (before === undefined) sends.set(template, (sends.get(template) ?? 0) + 1);
    else if (before !== line) throw new Error(`key ${key} was called with ${before} and with ${line}`);
    else repeated += 1;
    contents.set(key, line);
  }
  return { sends, repeated };
}
