import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { ApiRuntime } from "@wend/api";
import { appRouter, createContext } from "@wend/api";
import {
  createAccept,
  createApiKey,
  createCustomerTokens,
  createPluginRegistry,
  createSecretBox,
  createSuppressionList,
} from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "../src/index.ts";

const problem = (body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status: 400,
    headers: { "content-type": "application/problem+json", ...headers },
  });

describe("the client", () => {
  let test: TestStore;
  let key: string;
  let runtime: ApiRuntime;

  // Everything but the port: the real router on a real database.
  const serve = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const req = new Request(input, init);
    return fetchRequestHandler({
      endpoint: "/trpc",
      req,
      router: appRouter,
      createContext: () => createContext(runtime, req),
    });
  };
  const connect = (fetch: typeof globalThis.fetch = serve, with_ = key) =>
    createClient({ url: "http://wend.test/", key: with_, fetch });

  beforeAll(async () => {
    test = await createTestStore({ shards: 1 });
    const log = pino({ level: "silent" });
    runtime = {
      store: test.store,
      accept: createAccept({ store: test.store, queues: { wake: () => {} }, log }),
      plugins: createPluginRegistry([]),
      secrets: createSecretBox(undefined),
      suppressions: createSuppressionList(createSecretBox(undefined)),
      customerTokens: createCustomerTokens(test.store, createSecretBox(undefined)),
      allowPrivate: [],
      queues: { wake: () => {} },
      publicUrl: () => "https://wend.test",
      log,
    };
    ({ key } = await createApiKey(test.store, test.workspace.id, { kind: "srv", name: "test", scopes: ["*"] }));
  });
  afterAll(() => test.close());

  describe("its API calls", () => {
    it("read and write by the names of the procedures", async () => {
      const { api } = connect();
      const items = [{ userId: "ada", channel: "email", purpose: "promotional" }];
      expect(await api.consents.grant.mutate({ items })).toEqual({ changed: 1 });
      const profile = await api.profiles.get.query({ userId: "ada" });
      expect(profile.consents).toMatchObject([{ state: "granted" }]);
      expect(await api.journeys.list.query()).toEqual({ items: [], next: null });
    });

    it("throw an error with its code, its status and what to do", async () => {
      const { api } = connect();
      await expect(api.profiles.get.query({ userId: "nobody" })).rejects.toMatchObject({
        name: "WendClientError",
        code: "profile.not_found",
        status: 404,
        fix: expect.any(String),
        requestId: expect.any(String),
      });
      await expect(api.runs.list.query({ limit: 0 })).rejects.toMatchObject({
        code: "request.invalid_field",
        pointer: "/limit",
        problems: [{ pointer: "/limit" }],
      });
      await expect(connect(serve, "srv_wrong").api.runs.list.query({})).rejects.toMatchObject({
        code: "auth.invalid_key",
        status: 401,
      });
    });

    it("throw what the host refuses before the router sees it", async () => {
      const refused = { code: "request.bad_text", status: 400, pointer: "/userId" };
      const error = { message: "Text holds NUL.", code: -32600, data: { wend: refused } };
      const { api } = connect(async () => Response.json({ error }, { status: 400 }));
      await expect(api.profiles.get.query({ userId: "\0" })).rejects.toMatchObject({
        ...refused,
        message: "Text holds NUL.",
      });
    });
  });

  describe("its events", () => {
    it("go out in Segment's shape with the key", async () => {
      const seen: { url: string; authorization: string | null; body: unknown }[] = [];
      const { track, identify, batch } = connect(async (input, init) => {
        const request = new Request(input, init);
        const body: unknown = await request.json();
        seen.push({ url: request.url, authorization: request.headers.get("authorization"), body });
        return Response.json({
          success: true,
          rejected: [{ index: 1, code: "request.missing_id", pointer: "/batch/1" }],
        });
      });
      await track({ userId: "ada", event: "Signed Up", properties: { plan: "pro" }, messageId: "m1" });
      await identify({ anonymousId: "visitor", traits: { age: 3 } });
      const rejected = await batch([{ type: "track", userId: "ada", event: "Seen" }]);
      const authorization = `Bearer ${key}`;
      expect(seen).toEqual([
        {
          url: "http://wend.test/v1/track",
          authorization,
          body: { userId: "ada", event: "Signed Up", properties: { plan: "pro" }, messageId: "m1" },
        },
        { url: "http://wend.test/v1/identify", authorization, body: { anonymousId: "visitor", traits: { age: 3 } } },
        {
          url: "http://wend.test/v1/batch",
          authorization,
          body: { batch: [{ type: "track", userId: "ada", event: "Seen" }] },
        },
      ]);
      expect(rejected).toEqual([{ index: 1, code: "request.missing_id", pointer: "/batch/1" }]);
    });

    it("throw what was refused, with the earliest next try", async () => {
      const body = {
        title: "Too many requests are under way.",
        code: "limit.overloaded",
        status: 429,
        detail: "Wait.",
      };
      const { track } = connect(async () => problem(body, { "retry-after": "2" }));
      await expect(track({ userId: "ada", event: "x" })).rejects.toMatchObject({
        code: "limit.overloaded",
        status: 429,
        retryAfterMs: 2_000,
        message: "Too many requests are under way. Wait.",
      });
    });
  });

  it("throws client.no_answer when nobody answers", async () => {
    const client = connect(() => Promise.reject(new TypeError("fetch failed")));
    await expect(client.track({ userId: "ada", event: "x" })).rejects.toMatchObject({ code: "client.no_answer" });
    await expect(client.api.runs.list.query({})).rejects.toMatchObject({ code: "client.no_answer" });
  });

  it("throws client.bad_answer when a proxy answers instead", async () => {
    const pages = [
      new Response("<html>", { status: 502, headers: { "content-type": "text/html" } }),
      new Response("<html>", { status: 200 }),
    ];
    for (const page of pages) {
      const client = connect(async () => page.clone());
      await expect(client.identify({ userId: "ada" })).rejects.toMatchObject({ code: "client.bad_answer" });
      await expect(client.api.runs.list.query({})).rejects.toMatchObject({ code: "client.bad_answer" });
    }
  });
});
