import { randomBytes } from "node:crypto";
import { builtinPlugins } from "@wend/bundle";
import type { WendClient } from "@wend/client";
import { createClient } from "@wend/client";
import type { NewConnection } from "@wend/core";
import { createApiKey, migrateQueues } from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import type { JourneyDefinition } from "@wend/journey";
import { pino } from "pino";
import { vi } from "vitest";
import { serveAll } from "../../src/host/serve.ts";
import { startDesk } from "./desk.ts";

export const emailOf = (userId: string) => `${userId}@customer.test`;

export type SupportWorld = Awaited<ReturnType<typeof startSupportWorld>>;

/** API and workers in this process, over a database of its own, with a connection `desk` to a support desk. */
export async function startSupportWorld(settings: Pick<NewConnection, "sandbox" | "testAddresses"> = {}) {
  const [db, desk] = await Promise.all([createTestStore(), startDesk()]);
  await migrateQueues(db.url);
  const served = await serveAll({
    data: {
      databaseUrl: db.url,
      redisUrl: db.redisUrl,
      secretKey: randomBytes(32),
      previousSecretKeys: [],
      place: "a test",
      ended: new Promise<void>(() => {}),
      close: async () => {},
    },
    plugins: builtinPlugins,
    host: "127.0.0.1",
    port: 0,
    allowPrivate: ["127.0.0.1"],
    log: pino({ level: process.env.WEND_TEST_LOG ?? "silent" }),
  });
  const { key } = await createApiKey(db.store, db.workspace.id, { kind: "srv", name: "test", scopes: ["*"] });
  const wend: WendClient = createClient({ url: served.api.url, key });
  const config = { url: desk.url, email: "agent@desk.test", apiToken: "t0ken" };
  await wend.api.connections.create.mutate({ key: "desk", plugin: "support-zendesk", config, ...settings });
  return {
    wend,
    desk,
    publish: async (key: string, definition: JourneyDefinition) => {
      const { id } = await wend.api.journeys.create.mutate({ key, definition: definition as never });
      await wend.api.journeys.publish.mutate({ journey: id });
    },
    /** Lets a customer into a journey by an event of their own, and gives the run once it has come to its end. */
    play: async (userId: string, event: string, properties: Record<string, string> = {}) => {
      await wend.identify({ userId, traits: { email: emailOf(userId) } });
      const { id: profileId } = await wend.api.profiles.get.query({ userId });
      const newest = async () => (await wend.api.runs.list.query({ profileId, limit: 1 })).items[0];
      const before = (await newest())?.id;
      await wend.track({ userId, event, properties });
      const entered = await vi.waitUntil(
        async () => {
          const run = await newest();
          return run?.id !== before && run?.status !== "active" && run;
        },
        { timeout: 20_000, interval: 50 },
      );
      return wend.api.runs.get.query({ id: entered.id });
    },
    deliveriesOf: async (userId: string) => {
      const { id: profileId } = await wend.api.profiles.get.query({ userId });
      return (await wend.api.deliveries.list.query({ profileId })).items;
    },
    close: async () => {
      await served.close();
      await Promise.all([desk.close(), db.close()]);
    },
  };
}
