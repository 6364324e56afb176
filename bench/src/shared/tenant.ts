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
import webhook from "@wend/webhook";
import type { World } from "../world.ts";
import { recorder } from "./recorder-plugin.ts";

export interface TenantSetup {
  readonly connections: readonly NewConnection[];
  readonly journeys: Readonly<Record<string, JourneyDefinition>>;
}

/** Connects and publishes as the API does, and makes a key; returns the header that a sender needs. */
export async function setUpTenant(
  { url, workspace }: World,
  { connections, journeys }: TenantSetup,
): Promise<{ readonly authorization: string }> {
  const store = connectStore({ url, max: 1 });
  const plugins = createPluginRegistry([webhook, recorder]);
  const secrets = createSecretBox(undefined);
  await inWorkspace(store, workspace.id, async (tx) => {
    for (const connection of connections) await createConnection(tx, { plugins, secrets }, connection);
    const { catalog } = await loadCatalog(tx, plugins);
    for (const [key, definition] of Object.entries(journeys)) {
      const { id } = await createJourney(tx, { key, definition, catalog, actor: "bench" });
      await publishJourney(tx, { journey: id, catalog, actor: "bench" });
    }
  });
  const { key } = await createApiKey(store, workspace.id, { kind: "srv", name: "bench", scopes: ["ingest"] });
  await store.close();
  return { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` };
}
