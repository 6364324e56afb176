import { connectStore, createApiKey, findWorkspace, loadEnv } from "@wend/core";
import { WendError } from "@wend/plugin";
import { openData } from "../host/open-data.ts";
import { parseOptions } from "../parse-options.ts";

/** `wend key [--workspace main] [--kind srv|pub] [--name …] [--scope …]`: prints a new key, this once. Stop `wend up` first on embedded data. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, {
    workspace: { type: "string", default: "main" },
    kind: { type: "string", default: "srv" },
    name: { type: "string", default: "cli" },
    scope: { type: "string", multiple: true },
  });
  const kind = values.kind === "pub" ? "pub" : "srv";
  const data = await openData(loadEnv());
  const store = connectStore({ url: data.databaseUrl, max: 1 });
  try {
    const workspace = await findWorkspace(store, values.workspace);
    if (!workspace) throw new WendError("workspace.not_found", { detail: values.workspace });
    const scopes = values.scope ?? [kind === "pub" ? "ingest" : "*"];
    console.log((await createApiKey(store, workspace.id, { kind, name: values.name, scopes })).key);
    return 0;
  } finally {
    await store.close();
    await data.close();
  }
}
