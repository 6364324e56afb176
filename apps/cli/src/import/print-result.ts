import { WendError } from "@wend/plugin";
import type { CheckResult } from "./check-file.ts";
import type { ImportResult } from "./import-file.ts";
import { count } from "./progress.ts";

/** Tells what a dry run found; the exit code is 1 when rows would be rejected. */
export function printCheck({ accepted, rejected, examples }: CheckResult): number {
  for (const { line, pointer, reason } of examples) console.error(`line ${line} ${pointer || "/"}: ${reason}`);
  if (rejected > examples.length) console.error(`and ${count(rejected - examples.length)} more`);
  console.log(`dry run: ${count(accepted)} rows fit, ${count(rejected)} would be rejected; nothing was stored`);
  return rejected === 0 ? 0 : 1;
}

interface Printing {
  readonly file: string;
  readonly rejectsFile: string;
  readonly seconds: number;
}

/** Tells what an import did. Throws `import.nothing_accepted` when every row of the file was rejected. */
export function printResult(result: ImportResult, { file, rejectsFile, seconds }: Printing): number {
  const { stored, rejected, resumedAt, wasFinished } = result;
  if (wasFinished) {
    console.log(`${file} was imported before; nothing to do`);
    return 0;
  }
  if (resumedAt > 0) console.log(`went on after line ${count(resumedAt)}`);
  const rate = count(Math.round(stored / Math.max(seconds, 0.001)));
  console.log(
    `imported ${count(stored)} events in ${seconds.toFixed(1)} s (${rate}/s), ${count(rejected)} rows rejected`,
  );
  if (rejected > 0) console.log(`rejected rows and their reasons: ${rejectsFile}`);
  if (rejected > 0 && stored === 0 && resumedAt === 0) throw new WendError("import.nothing_accepted");
  return 0;
}
