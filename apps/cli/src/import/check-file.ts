import { hashFile } from "./hash-file.ts";
import { importIdOf } from "./import-file.ts";
import type { LoadedMap } from "./load-map.ts";
import { mapFile } from "./map-file.ts";
import type { Progress } from "./progress.ts";
import type { Reject } from "./rejects.ts";

export interface CheckJob {
  readonly file: string;
  readonly map: LoadedMap;
  readonly now: number;
  readonly showProgress?: ((totalBytes: number) => Progress) | undefined;
}

export interface CheckResult {
  readonly accepted: number;
  readonly rejected: number;
  /** The first of them. */
  readonly examples: readonly Reject[];
}

const mostExamples = 10;

/** Reads and maps a whole file as an import would, and writes nothing anywhere. */
export async function checkFile({ file: path, map, now, showProgress }: CheckJob): Promise<CheckResult> {
  const file = await hashFile(path);
  const progress = showProgress?.(file.size);
  const examples: Reject[] = [];
  let accepted = 0;
  let rejected = 0;
  try {
    for await (const rows of mapFile({ file, map: map.map, importId: importIdOf(file), now })) {
      for (const { result } of rows) {
        if ("item" in result) accepted += 1;
        else if (rejected++ < mostExamples) examples.push(result.reject);
      }
      const last = rows.at(-1);
      if (last) progress?.update({ bytes: last.end, rows: accepted + rejected });
    }
  } finally {
    progress?.done();
  }
  return { accepted, rejected, examples };
}
