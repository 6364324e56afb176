import type { Store, Workspace } from "@wend/core";
import { connectStore, createApiKey, findWorkspace, loadEnv, revokeApiKey } from "@wend/core";
import { WendError } from "@wend/plugin";
import { commandTable } from "../command-table.ts";
import { openData } from "../host/open-data.ts";
import { parseOptions, usage } from "../parse-options.ts";

/** Works on one workspace's keys and returns the line to print. */
type Work = (store: Store, workspace: Workspace) => Promise<string>;

/** `wend key` prints a new key, this once; `wend key revoke` ends one. Stop `wend up` first on embedded data. */
export async function run(args: readonly string[]): Promise<number> {
  const { workspace: idOrSlug, work } = args[0] === "revoke" ? readRevoke(args.slice(1)) : readCreate(args);
  const data = await openData(loadEnv());
  const store = connectStore({ url: data.databaseUrl, max: 1 });
  try {
    const workspace = await findWorkspace(store, idOrSlug);
    if (!workspace) throw new WendError("workspace.not_found", { detail: idOrSlug });
    console.log(await work(store, workspace));
    return 0;
  } finally {
    await store.close();
    await data.close();
  }
}

function readCreate(args: readonly string[]): { workspace: string; work: Work } {
  const { values } = parseOptions(commandTable.key, args);
  const { kind, name, "allow-event": events, "allow-trait": traits } = values;
  if (kind !== "srv" && kind !== "pub")
    throw usage(`--kind is srv or pub, not ${JSON.stringify(kind)}; to end a key: wend key revoke <id or key>.`);
  if (kind === "srv" && (events || traits))
    throw usage("--allow-event and --allow-trait are for --kind pub; an srv_ key may send everything.");
  const scopes = values.scope ?? [kind === "pub" ? "ingest" : "*"];
  const allow = { ...(events && { events }), ...(traits && { traits }) };
  return {
    workspace: values.workspace,
    work: async (store, { id }) => (await createApiKey(store, id, { kind, name, scopes, allow })).key,
  };
}

function readRevoke(args: readonly string[]): { workspace: string; work: Work } {
  const { values, positionals } = parseOptions(commandTable["key revoke"], args);
  const [idOrKey, ...more] = positionals;
  if (idOrKey === undefined || more.length > 0) throw usage("Name one key: wend key revoke <id or key>.");
  const { workspace } = values;
  const id = idOf(idOrKey);
  return {
    workspace,
    work: async (store, { id: workspaceId }) => {
      await revokeApiKey(store, workspaceId, id);
      return `revoked ${id}; a server stops taking it within five seconds`;
    },
  };
}

// srv_<id>_<secret>. The secret must not come back in an error's detail.
const idOf = (idOrKey: string): string => /^(?:srv|pub)_([^_]*)/.exec(idOrKey)?.[1] ?? idOrKey;
