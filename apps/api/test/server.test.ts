import { once } from "node:events";
import { connect } from "node:net";
import type { Accept, Store } from "@wend/core";
import { connectStore } from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveApi } from "../src/index.ts";
import type { TestApi } from "./harness.ts";
import { acceptOn, query, send, silent, startTestApi } from "./harness.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ queueState: () => "postgres" });
});
afterAll(() => api.close());

describe("paths", () => {
  it("that do not exist are 404, also with a key", async () => {
    for (const path of ["/", "/v1", "/v1/tracks", "/trpc/runs.get"]) {
      expect(await send(api, path)).toMatchObject({ status: 404, body: { code: "request.not_found" } });
    }
  });

  it("with the wrong method are 405 and say which one is right", async () => {
    const answer = await send(api, "/v1/track", { method: "GET" });
    expect(answer).toMatchObject({ status: 405, body: { code: "request.method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe("POST, OPTIONS");
    expect((await send(api, "/livez")).headers.get("allow")).toBe("GET");
  });
});

describe("a request id", () => {
  it("is made, or taken from the caller when it is a decent one", async () => {
    const made = await Promise.all([1, 2].map(() => send(api, "/livez", { method: "GET" })));
    const ids = made.map(({ headers }) => headers.get("x-request-id"));
    expect(new Set(ids).size).toBe(2);
    const given = async (id: string) =>
      (await send(api, "/v1/track", { body: "", headers: { "x-request-id": id } })).body.requestId as string;
    expect(await given("trace-1:a.b")).toBe("trace-1:a.b");
    expect(await given("<script>")).not.toContain("<");
  });
});

describe("health", () => {
  it("is live, and ready when the database answers with the right schema", async () => {
    expect(await send(api, "/livez", { method: "GET" })).toMatchObject({ status: 200, body: { live: true } });
    expect(await send(api, "/readyz", { method: "GET" })).toMatchObject({
      status: 200,
      body: { ready: true, postgres: "ok", queue: "postgres", draining: false },
    });
  });

  it("is live but not ready while the database is away, and answers 503 with Retry-After at once", async () => {
    const nowhere = connectStore({ url: "postgres://nobody@127.0.0.1:1/none" });
    const server = await serveApi({ store: nowhere, accept: acceptOn(nowhere), log: silent, port: 0 });
    const away = { ...api, url: `http://127.0.0.1:${server.port}` };
    expect((await send(away, "/livez", { method: "GET" })).status).toBe(200);
    expect(await send(away, "/readyz", { method: "GET" })).toMatchObject({
      status: 503,
      body: { ready: false, postgres: "store.unavailable" },
    });
    const answer = await send(away, "/v1/track", { body: { userId: "u", event: "Seen" } });
    expect(answer).toMatchObject({ status: 503, body: { code: "store.unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("1");
    await server.close();
    await nowhere.close();
  });

  it("reports a queue that is down without calling itself unready", async () => {
    const server = await serveApi({
      store: api.db.store,
      accept: acceptOn(api.db.store),
      log: silent,
      port: 0,
      queueState: () => Promise.reject(new Error("down")),
    });
    const answer = await send({ ...api, url: `http://127.0.0.1:${server.port}` }, "/readyz", { method: "GET" });
    expect(answer).toMatchObject({ status: 200, body: { ready: true, queue: "internal.unexpected" } });
    await server.close();
  });
});

/** Takes calls and keeps them until they are released. */
function heldAccept(): { accept: Accept; taken: Promise<void>; release: () => void } {
  const real = acceptOn(api.db.store);
  const taken = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const accept: Accept = {
    ...real,
    ingest: async (credential, call) => {
      taken.resolve();
      await gate.promise;
      return real.ingest(credential, call);
    },
  };
  return { accept, taken: taken.promise, release: gate.resolve };
}

it.each([
  [undefined, "127.0.0.1"],
  ["0.0.0.0", "127.0.0.1"],
  ["127.0.0.1", "127.0.0.1"],
  ["::", "127.0.0.1"],
  ["::1", "[::1]"],
])("a server on %s is called at %s", async (host, name) => {
  const server = await serveApi({ store: api.db.store, accept: acceptOn(api.db.store), log: silent, port: 0, host });
  try {
    expect(server.url).toBe(`http://${name}:${server.port}`);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  } finally {
    await server.close();
  }
});

describe("a server that is told to stop", () => {
  it("finishes what is under way, takes nothing new, and then closes", async () => {
    const held = heldAccept();
    const server = await serveApi({
      store: api.db.store,
      accept: held.accept,
      log: silent,
      port: 0,
      host: "127.0.0.1",
    });
    const stopping = { ...api, url: `http://127.0.0.1:${server.port}` };
    const underWay = send(stopping, "/v1/track", { body: { userId: "u", event: "Seen", messageId: "drained" } });
    await held.taken;

    let closed = false;
    const closing = server.close().then(() => {
      closed = true;
    });
    await expect(send(stopping, "/livez", { method: "GET" })).rejects.toThrow();
    expect(closed).toBe(false);
    held.release();
    expect((await underWay).status).toBe(200);
    await closing;
    expect(await query(api, "select 1 from events where message_id = 'drained'")).toHaveLength(1);
  });

  it("cuts off what does not end within the grace", async () => {
    const held = heldAccept();
    const server = await serveApi({
      store: api.db.store,
      accept: held.accept,
      log: silent,
      port: 0,
      host: "127.0.0.1",
    });
    const underWay = send({ ...api, url: `http://127.0.0.1:${server.port}` }, "/v1/track", {
      body: { userId: "u", event: "Seen" },
    });
    await held.taken;
    await Promise.all([expect(underWay).rejects.toThrow(), server.close(100)]);
    held.release();
  });
});

describe("overload", () => {
  it("is answered 429 with Retry-After before the body is read", async () => {
    const held = heldAccept();
    const limits = { requests: 1 };
    const server = await serveApi({
      store: api.db.store,
      accept: held.accept,
      log: silent,
      port: 0,
      host: "127.0.0.1",
      limits,
    });
    const busy = { ...api, url: `http://127.0.0.1:${server.port}` };
    const first = send(busy, "/v1/track", { body: { userId: "u", event: "Seen" } });
    await held.taken;
    const answer = await send(busy, "/v1/track", { body: { userId: "u", event: "Seen" } });
    expect(answer).toMatchObject({ status: 429, body: { code: "limit.overloaded" } });
    expect(answer.headers.get("retry-after")).toBe("1");
    held.release();
    expect((await first).status).toBe(200);
    expect((await send(busy, "/v1/track", { body: { userId: "u", event: "Seen" } })).status).toBe(200);
    await server.close();
  });
});

it("a sender that leaves while its key is checked gives its place back", async () => {
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const { store } = api.db;
  // The first look-up of the key waits until the sender has left.
  const query = async (...args: Parameters<typeof store.router.query>) => {
    asked.resolve();
    await gate.promise;
    return store.router.query(...args);
  };
  const slow: Store = { ...store, router: Object.create(store.router, { query: { value: query } }) };
  const server = await serveApi({
    store: slow,
    accept: acceptOn(store),
    log: silent,
    port: 0,
    host: "127.0.0.1",
    limits: { requests: 1 },
  });
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(
    `POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.key}\r\nContent-Length: 100\r\n\r\n{`,
  );
  await asked.promise;
  socket.destroy();
  await once(socket, "close");
  const one = { ...api, url: `http://127.0.0.1:${server.port}` };
  // Seen by the server only after the first has left: answers come in the order of the loop.
  expect((await send(one, "/v1/track", { body: { userId: "u", event: "Seen" } })).status).toBe(429);
  gate.resolve();
  let status = 0;
  for (let i = 0; status !== 200 && i < 100; i++) {
    status = (await send(one, "/v1/track", { body: { userId: "u", event: "Seen" } })).status;
  }
  expect(status).toBe(200);
  await server.close();
});

it("a body that breaks off halfway stores nothing and harms nobody", async () => {
  const socket = connect(api.server.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(
    `POST /v1/track HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.key}\r\nContent-Length: 100\r\n\r\n{"userId":"cut"`,
  );
  socket.destroy();
  await once(socket, "close");
  expect((await send(api, "/v1/track", { body: { userId: "u", event: "Seen" } })).status).toBe(200);
  expect(await query(api, "select 1 from identities where value = 'cut'")).toEqual([]);
});
