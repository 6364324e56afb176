import { basename } from "node:path";
import type { Env } from "@wend/core";
import { connectStore, loadEnv } from "@wend/core";
import { commandTable } from "../command-table.ts";
import { openData } from "../host/open-data.ts";
import { checkFile } from "../import/check-file.ts";
import { findTarget } from "../import/find-target.ts";
import { importFile } from "../import/import-file.ts";
import { loadMap } from "../import/load-map.ts";
import { printCheck, printResult } from "../import/print-result.ts";
import { createProgress } from "../import/progress.ts";
import type { ReplayHost } from "../import/replay.ts";
import { openReplay } from "../import/replay.ts";
import { parseOptions, usage } from "../parse-options.ts";

/** What whoever calls the command instead of typing it may bring along. */
export interface ImportHost {
  readonly env?: Env;
  readonly replay?: ReplayHost;
}

/**
 * `wend import`: stores a file's rows
 * as history. `--replay` then plays them through the journeys, where a simulation gives a manual clock and plugins
 * that record; the command line itself has neither, so there it is refused.
 */
export async function run(args: readonly string[], { env, replay: host }: ImportHost = {}): Promise<number> {
  const { file, values } = readArgs(args);
  const map = await loadMap(values.map);
  const showProgress = (totalBytes: number) =>
    createProgress({ out: process.stderr, totalBytes, now: () => performance.now() });
  if (values["dry-run"]) {
    return printCheck(await checkFile({ file, map, now: host?.clock.now() ?? Date.now(), showProgress }));
  }
  const data = await openData(env ?? loadEnv());
  const store = connectStore({ url: data.databaseUrl, max: 2, ...(host && { clock: host.clock }) });
  try {
    const workspace = await findTarget(store, values.workspace);
    const replay = values.replay ? await openReplay({ store, data, workspace, host }) : undefined;
    const rejectsFile = values.rejects ?? `${basename(file)}.rejects.ndjson`;
    const started = performance.now();
    const result = await importFile({ file, map, store, workspace, rejectsFile, showProgress });
    const code = printResult(result, { file, rejectsFile, seconds: (performance.now() - started) / 1_000 });
    if (replay) console.log(`replaying ${await replay(result.importId)} events`);
    return code;
  } finally {
    await store.close();
    await data.close();
  }
}

function readArgs(args: readonly string[]) {
  const { values, positionals } = parseOptions(commandTable.import, args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw usage("Name one file.");
  if (values.map === undefined) throw usage("Say what its columns mean: `--map cdnow`, or `--map mapping.json`.");
  if (values.replay && values["dry-run"]) throw usage("`--dry-run` stores nothing that `--replay` could play.");
  return { file, values: { ...values, map: values.map } };
}
