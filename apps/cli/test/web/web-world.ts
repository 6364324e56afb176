import { randomBytes } from "node:crypto";
import { builtinPlugins } from "@wend/bundle";
import type { WendClient } from "@wend/client";
import { createClient } from "@wend/client";
import { createApiKey, migrateQueues } from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import { defineJourney } from "@wend/journey";
import { pino } from "pino";
import type { Served } from "../../src/host/serve.ts";
import { serveAll } from "../../src/host/serve.ts";

const journey = (event: string, action: string, input: Record<string, unknown>) =>
  defineJourney({
    name: event,
    timeZone: "UTC",
    triggers: [{ type: "event", event }],
    entry: { reentry: "always" },
    start: "send",
    nodes: {
      send: { type: "send", connection: "web", action, input, outcome: { policy: "continue" }, next: "done" },
      done: { type: "end", outcome: "done" },
    },
  } as Parameters<typeof defineJourney>[0]);

export type WebWorld = Awaited<ReturnType<typeof startWebWorld>>;

/** API and workers in this process, over a database of its own; a web connection and a journey for each action. */
export async function startWebWorld(config: Record<string, string | string[]> = {}) {
  const db = await createTestStore();
  await migrateQueues(db.url);
  const data = {
    databaseUrl: db.url,
    redisUrl: db.redisUrl,
    secretKey: randomBytes(32),
    previousSecretKeys: [],
    place: "a test",
    ended: new Promise<void>(() => {}),
    close: async () => {},
  };
  const log = pino({ level: process.env.WEND_TEST_LOG ?? "silent" });
  const serve = (port: number): Promise<Served> =>
    serveAll({ data, plugins: builtinPlugins, host: "127.0.0.1", port, allowPrivate: ["127.0.0.1"], log });
  let served = await serve(0);
  const url = served.api.url;
  const { key } = await createApiKey(db.store, db.workspace.id, { kind: "srv", name: "test", scopes: ["*"] });
  const wend: WendClient = createClient({ url, key });
  const connection = await wend.api.connections.create.mutate({ key: "web", plugin: "web", config, onUnknown: "hold" });
  const publish = async (name: string, action: string, input: Record<string, unknown>) => {
    const { id } = await wend.api.journeys.create.mutate({
      key: name.toLowerCase().replaceAll(" ", "-"),
      definition: journey(name, action, input) as never,
    });
    await wend.api.journeys.publish.mutate({ journey: id });
  };
  return {
    wend,
    url,
    connectionUrl: `${url}/c/${connection.id}`,
    publish,
    token: async (userId: string, expiresInSeconds = 600) =>
      (await wend.api.profiles.token.mutate({ profile: { userId }, connection: "web", expiresInSeconds })).token,
    stop: () => served.close(),
    start: async () => {
      served = await serve(Number(new URL(url).port));
    },
    close: async () => {
      await served.close();
      await db.close();
    },
  };
}
