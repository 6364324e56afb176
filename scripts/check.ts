// `pnpm check`: what must hold before a change is merged. Every stage runs, whatever the ones before it found.
import { parseArgs } from "node:util";
import type { Stage } from "./stage.ts";
import { runStage } from "./stage.ts";

const { values: options } = parseArgs({
  options: {
    /** Prints the output of every stage while it runs, not only of a failing one when it ends. */
    verbose: { type: "boolean", default: false },
    /** Where to write vitest's JSON report. */
    "test-report": { type: "string" },
  },
});

const report = options["test-report"];

const stages: Stage[] = [
  { name: "format and lint", commands: [["biome", "ci", "--colors=off", "--error-on-warnings", "."]] },
  { name: "boundaries", commands: [["turbo", "boundaries"]] },
  { name: "types", commands: [["tsc", "-p", "tsconfig.json", "--noEmit"]] },
  { name: "dead code", commands: [["knip"]] },
  { name: "package shape", commands: [["pnpm", "run", "shape"]] },
  {
    name: "tests",
    commands: [
      ["vitest", "run", ...(report ? ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`] : [])],
    ],
  },
];

let failed = 0;
for (const stage of stages) {
  if (options.verbose) console.log(`--- ${stage.name}`);
  const { ok, seconds, output } = await runStage(stage, (chunk) => {
    if (options.verbose) process.stdout.write(chunk);
  });
  if (!ok) failed += 1;
  if (!(ok || options.verbose)) console.log(output.trimEnd());
  console.log(`${ok ? "ok    " : "FAILED"} ${stage.name} ${seconds.toFixed(1)} s`);
}
console.log(failed === 0 ? "check: all stages passed" : `check: ${failed} of ${stages.length} stages failed`);
process.exitCode = failed === 0 ? 0 : 1;
