import { connectStore, createApiKey, findWorkspace, loadEnv } from "@wend/core";
import { WendError } from "@wend/plugin";
import { parseOptions } from "../parse-options.ts";

/** `wend key [--workspace main] [--kind srv|pub] [--name …] [--scope …]`: prints a new key, this once. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, {
    workspace: { type: "string", default: "main" },
    kind: { type: "string", default: "srv" },
    name: { type: "string", default: "cli" },
    scope: { type: "string", multiple: true },
  });
  const { databaseUrl } = loadEnv();
  if (!databaseUrl) {
    throw new WendError("cli.usage", { detail: "Set DATABASE_URL; `wend up` prints the key of the embedded default." });
  }
  const kind = values.kind === "pub" ? "pub" : "srv";
  const store = connectStore({ url: databaseUrl, max: 1 });
  try {
    const workspace = await findWorkspace(store, values.workspace);
    if (!workspace) throw new WendError("workspace.not_found", { detail: values.workspace });
    const scopes = values.scope ?? [kind === "pub" ? "ingest" : "*"];
    console.log((await createApiKey(store, workspace.id, { kind, name: values.name, scopes })).key);
    return 0;
  } finally {
    await store.close();
  }
}
