import { appRouter } from "@wend/api";
import { serveApi } from "@wend/api-server";
import { createClient } from "@wend/client";
import { createAccept } from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import { pino } from "pino";
import { expect, test } from "vitest";

test("the client reads what the edge of a server refuses", async () => {
  const db = await createTestStore();
  const log = pino({ level: "silent" });
  const createContext = () => Promise.reject(new Error("the edge lets nothing through"));
  const server = await serveApi({
    store: db.store,
    accept: createAccept({ store: db.store, queues: { wake: () => {} }, log }),
    log,
    port: 0,
    host: "127.0.0.1",
    trpc: { router: appRouter, createContext },
  });
  try {
    const { api } = createClient({ url: server.url, key: "srv_any" });
    const refused = { name: "WendClientError", status: 400, fix: expect.any(String), requestId: expect.any(String) };
    await expect(api.profiles.get.query({ userId: "\0" })).rejects.toMatchObject({
      ...refused,
      code: "request.bad_text",
      pointer: "/userId",
    });
    await expect(api.journeys.publish.mutate({ journey: "\ud800" })).rejects.toMatchObject({
      ...refused,
      code: "request.bad_text",
      pointer: "/journey",
    });
  } finally {
    await server.close();
    await db.close();
  }
});
