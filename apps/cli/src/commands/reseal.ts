import type { ResealReport } from "@wend/core";
import { connectStore, createSecretBox, loadEnv, resealSecrets } from "@wend/core";
import { commandTable } from "../command-table.ts";
import { openData } from "../host/open-data.ts";
import { parseOptions } from "../parse-options.ts";

/** `wend reseal`: everything that an older key sealed is sealed with WEND_SECRET_KEY. Fails while anything is left. */
export async function run(args: readonly string[]): Promise<number> {
  parseOptions(commandTable.reseal, args);
  const data = await openData(loadEnv());
  const store = connectStore({ url: data.databaseUrl, max: 1 });
  try {
    const report = await resealSecrets(store, createSecretBox(data.secretKey, data.previousSecretKeys));
    console.log(linesOf(report).join("\n"));
    return report.unopened.length === 0 ? 0 : 1;
  } finally {
    await store.close();
    await data.close();
  }
}

function linesOf({ resealed, current, unopened }: ResealReport): string[] {
  const done = `${resealed} sealed anew, ${current} were already`;
  if (unopened.length === 0) return [`${done}; no older key is needed any more`];
  return [
    `${done}, ${unopened.length} do not open; add their key to WEND_SECRET_KEY_PREVIOUS, or store them again:`,
    ...unopened.map(({ workspaceId, owner, field, kid }) => {
      const whose = owner === "workspace" ? "key" : `connection ${owner},`;
      return `  workspace ${workspaceId}, ${whose} ${field}: key ${kid}`;
    }),
  ];
}
