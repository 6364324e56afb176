import type { NewConnection } from "@wend/core";
import {
  connectStore,
  createApiKey,
  createConnection,
  createJourney,
  createPluginRegistry,
  createSecretBox,
  inWorkspace,
  loadCatalog,
  publishJourney,
} from "@wend/core";
import type { JourneyDefinition } from "@wend/journey";
import type { Plugin } from "@wend/plugin";
import webhook from "@wend/webhook";
import type { World } from "../world.ts";
import { recorder } from "./recorder-plugin.ts";

export interface TenantSetup {
  readonly connections: readonly NewConnection[];
  readonly journeys: Readonly<Record<string, JourneyDefinition>>;
  /** The webhook plugin and the recorder unless stated. */
  readonly plugins?: readonly Plugin[];
  /** For connections with secrets. */
  readonly secretKey?: Uint8Array;
}

export interface Tenant {
  /** The header that a sender needs. */
  readonly authorization: string;
  readonly connectionIds: readonly string[];
}

/** Connects and publishes as the API does, and makes a key. */
export async function setUpTenant(
  { url, workspace }: Pick<World, "url" | "workspace">,
  { connections, journeys, plugins: known = [webhook, recorder], secretKey }: TenantSetup,
): Promise<Tenant> {
  const store = connectStore({ url, max: 1 });
  const plugins = createPluginRegistry(known);
  const secrets = createSecretBox(secretKey);
  const connectionIds: string[] = [];
  await inWorkspace(store, workspace.id, async (tx) => {
    for (const connection of connections) {
      connectionIds.push((await createConnection(tx, { plugins, secrets }, connection)).id);
    }
    const { catalog } = await loadCatalog(tx, plugins);
    for (const [key, definition] of Object.entries(journeys)) {
      const { id } = await createJourney(tx, { key, definition, catalog, actor: "bench" });
      await publishJourney(tx, { journey: id, catalog, actor: "bench" });
    }
  });
  const { key } = await createApiKey(store, workspace.id, { kind: "srv", name: "bench", scopes: ["ingest"] });
  await store.close();
  return { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`, connectionIds };
}
