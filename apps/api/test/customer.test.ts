import { inWorkspace } from "@wend/core";
import type { ServeRequest } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CustomerWorld } from "./customer-harness.ts";
import { addWorkspace, profileId, startCustomerWorld } from "./customer-harness.ts";

let world: CustomerWorld;
let id: string;
let other: string;
beforeAll(async () => {
  world = await startCustomerWorld();
  id = (await world.connect("page")).id;
  other = (await world.connect("other-page")).id;
});
beforeEach(() => {
  world.stored.length = 0;
  world.logged.length = 0;
  world.storing = async () => {};
  world.script.serve = async () => ({ response: new Response("hello") });
});
afterAll(() => world?.close());

const ask = (path: string, init?: RequestInit) => world.ask(path, init);
/** Serves once and keeps what was asked. */
const asked = async (path: string, init?: RequestInit) => {
  const seen: (ServeRequest & { body: string })[] = [];
  world.script.serve = async (request) => {
    seen.push({ ...request, body: await request.request.text() });
    return { response: new Response("seen") };
  };
  const response = await ask(path, init);
  return { response, seen: seen[0] };
};
const problemOf = async (response: Response) => {
  const { requestId, ...problem } = (await response.json()) as { requestId: string; code: string; detail?: string };
  return { status: response.status, requestId, problem };
};

describe("a connection's own path", () => {
  it.each([
    ["", ""],
    ["/", "/"],
    ["/inbox/1?a=b&a=c", "/inbox/1"],
    ["/a%2Fb%20c", "/a%2Fb%20c"],
  ])("hands %s to its plugin as it was written", async (written, path) => {
    const { response, seen } = await asked(`/c/${id}${written}`);
    expect([response.status, await response.text()]).toEqual([200, "seen"]);
    expect(seen).toMatchObject({ path, customer: undefined });
    expect(seen!.request.url).toBe(`https://wend.test/c/${id}${written}`);
  });

  it("hands no cookie on: those of this host are every connection's", async () => {
    const { seen } = await asked(`/c/${id}/x`, { headers: { cookie: "session=s3cret", "x-own": "kept" } });
    expect([seen!.request.headers.get("cookie"), seen!.request.headers.get("x-own")]).toEqual([null, "kept"]);
  });

  it("is the same in upper case", async () => {
    const { seen } = await asked(`/c/${id.toUpperCase()}/x`);
    expect(seen!.request.url).toBe(`https://wend.test/c/${id}/x`);
  });

  it.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("takes %s", async (method) => {
    const body = method === "GET" ? undefined : "some words";
    const { response, seen } = await asked(`/c/${id}/x`, { method, ...(body && { body }) });
    expect(response.status).toBe(200);
    expect([seen!.request.method, seen!.body]).toEqual([method, body ?? ""]);
  });

  it("answers HEAD as the plugin does, without a body", async () => {
    world.script.serve = async () => ({ response: new Response("long", { status: 203, headers: { etag: '"1"' } }) });
    const response = await ask(`/c/${id}/x`, { method: "HEAD" });
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([203, '"1"', ""]);
  });

  it("takes a body up to the limit of every request, and hands it on decoded", async () => {
    const limit = 512 * 1024;
    const { seen } = await asked(`/c/${id}/x`, { method: "POST", body: "x".repeat(limit) });
    expect(seen!.body.length).toBe(limit);
    const tooLong = await asked(`/c/${id}/x`, { method: "POST", body: "x".repeat(limit + 1) });
    expect([tooLong.response.status, tooLong.seen]).toEqual([413, undefined]);
    const gzipped = new Response(new Blob(["packed"]).stream().pipeThrough(new CompressionStream("gzip")));
    const body = new Uint8Array(await gzipped.arrayBuffer());
    const packed = await asked(`/c/${id}/x`, { method: "POST", body, headers: { "content-encoding": "gzip" } });
    expect([packed.seen!.body, packed.seen!.request.headers.get("content-encoding")]).toEqual(["packed", null]);
  });
});

describe("a path of nobody", () => {
  it("is answered alike whether the connection is unknown, malformed or serves nothing", async () => {
    const mute = await world.connect("mute", { mute: true });
    const paths = [`/c/${mute.id}/x`, "/c/00000000-0000-7000-8000-000000000000/x", "/c/page/x", "/c/%00/x"];
    const answers = await Promise.all(paths.map(async (path) => problemOf(await ask(path))));
    for (const { status, problem } of answers) {
      expect([status, problem.code]).toEqual([404, "request.not_found"]);
      expect(problem).toEqual(answers[0]!.problem);
    }
  });

  it("is not found below /c alone either", async () => {
    for (const path of ["/c", "/c/", `/c//${id}`]) expect((await ask(path)).status).toBe(404);
  });
});

describe("an answer", () => {
  it("carries the headers that are allowed, and is safe whatever the plugin says", async () => {
    const headers = {
      "content-type": "text/html",
      "cache-control": "no-store",
      location: "/there",
      etag: '"e"',
      "access-control-allow-origin": "https://shop.example",
      "set-cookie": "a=b",
      "x-content-type-options": "sniff",
      "referrer-policy": "unsafe-url",
      "strict-transport-security": "max-age=0",
    };
    world.script.serve = async () => ({ response: new Response("x", { status: 302, headers }) });
    const { status, headers: said } = await ask(`/c/${id}/x`);
    expect(status).toBe(302);
    expect(Object.fromEntries(said)).toMatchObject({
      "content-type": "text/html",
      "cache-control": "no-store",
      location: "/there",
      etag: '"e"',
      "access-control-allow-origin": "https://shop.example",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "content-security-policy": expect.stringMatching(/^default-src 'none';/),
    });
    expect([said.get("set-cookie"), said.get("strict-transport-security")]).toEqual([null, null]);
  });

  it("keeps a content security policy of the plugin's own", async () => {
    const headers = { "content-security-policy": "default-src 'self'" };
    world.script.serve = async () => ({ response: new Response("x", { headers }) });
    expect((await ask(`/c/${id}/x`)).headers.get("content-security-policy")).toBe("default-src 'self'");
  });

  it("is given once what it tells is stored, and not at all when that fails", async () => {
    const receipts = [{ kind: "opened", about: { providerId: "p" }, id: "o-1", at: 1 }] as const;
    world.script.serve = async () => ({ response: new Response("told"), receipts });
    expect(await (await ask(`/c/${id}/x`)).text()).toBe("told");
    const target = { workspaceId: world.db.workspace.id, connectionId: id };
    expect(world.stored).toEqual([[target, { receipts, signals: [] }]]);
    world.storing = async () => {
      throw new WendError("store.unavailable");
    };
    const failed = await ask(`/c/${id}/x`);
    expect([failed.status, failed.headers.get("retry-after")]).toEqual([503, "1"]);
  });
});

it("a connection that does not open is unavailable, and says no more", async () => {
  const { id: shut } = await world.connect("shut");
  await inWorkspace(world.db.store, world.db.workspace.id, (tx) =>
    tx.run(`update connections set config = '{"mute":"s3cret"}' where workspace_id = $1 and id = $2`, [
      tx.workspaceId,
      shut,
    ]),
  );
  const { status, problem } = await problemOf(await ask(`/c/${shut}/x`));
  expect([status, problem]).toEqual([503, expect.objectContaining({ code: "connection.unavailable" })]);
  expect(Object.keys(problem).sort()).toEqual(["code", "fix", "status", "title", "type"]);
});

describe("a plugin that fails", () => {
  it("by a code is answered with it", async () => {
    world.script.serve = async () => {
      throw new WendError("request.invalid_field", { pointer: "/id", detail: "No such item.", cause: "s3cret" });
    };
    const response = await ask(`/c/${id}/x`);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    const { status, problem } = await problemOf(response);
    expect([status, problem]).toMatchObject([400, { code: "request.invalid_field", detail: "No such item." }]);
    expect(world.logged.join()).not.toContain("s3cret");
  });

  it.each([
    ["throws", () => Promise.reject(new Error("s3cret"))],
    [
      "throws at once",
      () => {
        throw new Error("s3cret");
      },
    ],
  ])("without one (%s) tells nothing of it", async (_, serve) => {
    world.script.serve = serve as never;
    const { status, problem } = await problemOf(await ask(`/c/${id}/x`));
    expect([status, problem.code, problem.detail]).toEqual([502, "plugin.crashed", undefined]);
    expect(world.logged.join()).toContain("a plugin crashed");
    expect(world.logged.join()).not.toContain("s3cret");
  });

  it("by what it returns is answered 502", async () => {
    for (const nothing of [undefined, {}, { response: "x" }, { response: Response.error() }]) {
      world.script.serve = async () => nothing as never;
      expect((await problemOf(await ask(`/c/${id}/x`))).problem.code).toBe("plugin.bad_output");
    }
  });

  it("to answer in time is given up and told so", async () => {
    let signal: AbortSignal | undefined;
    world.script.serve = (request) => {
      signal = request.signal;
      return new Promise(() => {});
    };
    expect(await problemOf(await ask(`/c/${id}/x`))).toMatchObject({
      status: 504,
      problem: { code: "plugin.timeout" },
    });
    expect(signal?.aborted).toBe(true);
  });

  it("in the middle of its answer breaks the connection", async () => {
    world.script.serve = async () => {
      let chunks = 0;
      const pull = async (controller: ReadableStreamDefaultController) => {
        if (++chunks > 3) throw new Error("s3cret");
        controller.enqueue(new TextEncoder().encode("x".repeat(70_000)));
      };
      return { response: new Response(new ReadableStream({ pull })) };
    };
    await expect(ask(`/c/${id}/x`).then((response) => response.text())).rejects.toThrow();
    expect(world.logged.join()).not.toContain("s3cret");
  });
});

describe("a streamed answer", () => {
  /** A stream that never ends by itself, and the signal that its plugin was given. */
  const listen = async (on: CustomerWorld, connection: string, init?: RequestInit) => {
    let signal: AbortSignal | undefined;
    const cancelled = Promise.withResolvers<void>();
    on.script.serve = async (request) => {
      signal = request.signal;
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
        cancel: () => cancelled.resolve(),
      });
      return { response: new Response(body, { headers: { "content-type": "text/event-stream" } }) };
    };
    const reader = (await on.ask(`/c/${connection}/events`, init)).body!.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    return { reader, first, signal: signal!, cancelled: cancelled.promise };
  };

  it("comes as it is made, and ends for the plugin when its client leaves", async () => {
    const leaving = new AbortController();
    const { first, signal, cancelled } = await listen(world, id, { signal: leaving.signal });
    expect([first, signal.aborted]).toEqual(["data: 1\n\n", false]);
    leaving.abort();
    await cancelled;
    expect(signal.aborted).toBe(true);
  });

  it("keeps its place until it ends, of those of its connection and of all", async () => {
    const crowded = await startCustomerWorld({ streams: 3, streamsPerConnection: 2 });
    try {
      const ids = await Promise.all(["a", "b"].map(async (key) => (await crowded.connect(key)).id));
      const [a, b] = ids as [string, string];
      const leaving = new AbortController();
      const heard = [await listen(crowded, a, { signal: leaving.signal }), await listen(crowded, a)];
      crowded.script.serve = async () => ({ response: new Response("hello") });
      const refused = await crowded.ask(`/c/${a}/x`);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
      expect((await problemOf(refused)).problem.code).toBe("limit.overloaded");
      for (let i = 0; i < 3; i++) expect(await (await crowded.ask(`/c/${b}/x`)).text()).toBe("hello");
      heard.push(await listen(crowded, b));
      expect((await crowded.ask(`/c/${b}/x`)).status).toBe(429);
      leaving.abort();
      await heard[0]!.cancelled;
      crowded.script.serve = async () => ({ response: new Response("hello") });
      expect((await crowded.ask(`/c/${b}/x`)).status).toBe(200);
    } finally {
      await crowded.close();
    }
  });

  it("does not hold up a server that is told to stop", async () => {
    const ending = await startCustomerWorld();
    try {
      const { id: connection } = await ending.connect("page");
      const { reader, cancelled } = await listen(ending, connection);
      const closing = ending.server.close();
      expect(await reader.read()).toMatchObject({ done: true });
      await Promise.all([closing, cancelled]);
    } finally {
      await ending.close();
    }
  });
});

describe("a customer's token", () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  it("tells the plugin who asks, as a bearer token or as a parameter, and does not reach it", async () => {
    const token = await world.token();
    const byHeader = await asked(`/c/${id}/inbox`, bearer(token));
    expect(byHeader.seen!.customer).toEqual({ profileId });
    expect(byHeader.seen!.request.headers.get("authorization")).toBeNull();
    const byQuery = await asked(`/c/${id}/inbox?a=1&token=${token}`);
    expect(byQuery.seen!.customer).toEqual({ profileId });
    expect(byQuery.seen!.request.url).toBe(`https://wend.test/c/${id}/inbox?a=1`);
  });

  it.each<[string, (good: string, other: string) => string, string]>([
    ["beside a header", (good) => `?a=1&token=${good}`, "?a=1"],
    ["behind one that is not", (good) => `?token=abc&token=${good}`, "?token=abc"],
    ["before one that is not", (good) => `?token=${good}&token=abc`, "?token=abc"],
    ["twice", (good) => `?token=${good}&a=1&token=${good}`, "?a=1"],
    ["beside another good one", (good, second) => `?token=${good}&token=${second}`, ""],
    ["with its name in other letters", (good) => `?%74oken=${good}&a`, "?a"],
    ["among what is written in its own way", (good) => `?b=%7e+c&token=${good}&a=%20`, "?b=%7e+c&a=%20"],
  ])("is taken off the URL %s", async (where, write, left) => {
    const [good, second] = [await world.token(), await world.token({ profileId: other })];
    const init = where === "beside a header" ? bearer(good) : {};
    const { seen } = await asked(`/c/${id}/x${write(good, second)}`, init);
    expect(seen!.customer).toEqual({ profileId });
    expect(seen!.request.url).toBe(`https://wend.test/c/${id}/x${left}`);
  });

  it("for one connection is good there alone", async () => {
    const token = await world.token({ connectionId: id });
    expect((await asked(`/c/${id}/x`, bearer(token))).seen!.customer).toEqual({ profileId });
    expect((await asked(`/c/${other}/x?token=${token}`)).seen!.customer).toBeUndefined();
    expect((await ask(`/c/${other}/x`, bearer(token))).status).toBe(401);
  });

  it("that is not good is nobody's as a parameter, and refused as a header", async () => {
    const good = await world.token();
    const workspaceId = await addWorkspace(world, "foreign");
    const [payload, mac] = good.split(".") as [string, string];
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, p: other })).toString("base64url");
    const bad = {
      expired: await world.token({ expiresInSeconds: 0 }),
      foreign: await world.token({}, workspaceId),
      "of another profile": `${forged}.${mac}`,
      "cut off": good.slice(0, -1),
      "with more behind it": `${good}.x`,
      "without a signature": `${payload}.`,
      empty: "",
      nonsense: "abc",
    };
    for (const [name, token] of Object.entries(bad)) {
      const { seen } = await asked(`/c/${id}/x?token=${token}`);
      expect([name, seen!.customer, seen!.request.url]).toEqual([
        name,
        undefined,
        `https://wend.test/c/${id}/x?token=${token}`,
      ]);
      const response = await ask(`/c/${id}/x`, bearer(token));
      expect(response.headers.get("www-authenticate")).toMatch(/^Bearer /);
      expect([name, (await problemOf(response)).problem.code]).toEqual([name, "auth.invalid_customer_token"]);
    }
  });

  it("is not good with any character changed", async () => {
    const token = await world.token();
    const at = { workspaceId: world.db.workspace.id, connectionId: id };
    expect(await world.tokens.open(token, at)).toBe(profileId);
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
      expect([i, await world.tokens.open(changed, at)]).toEqual([i, undefined]);
    }
  });
});
