import { appRouter, createContext } from "@wend/api";
import {
  createApiKey,
  createCustomerTokens,
  createPluginRegistry,
  createSecretBox,
  createSuppressionList,
} from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sent, TestApi } from "./harness.ts";
import { acceptOn, send, silent, startTestApi } from "./harness.ts";

type Limits = Record<"request" | "ingest" | "journey" | "connection" | "blob", Record<string, number>>;

let api: TestApi;
let limits: Limits;
beforeAll(async () => {
  const secrets = createSecretBox(undefined);
  const parts = { plugins: createPluginRegistry([]), secrets, suppressions: createSuppressionList(secrets) };
  const createRequest = (request: Request) =>
    createContext(
      {
        ...parts,
        store: api.db.store,
        customerTokens: createCustomerTokens(api.db.store, secrets),
        accept: acceptOn(api.db.store),
        allowPrivate: [],
        queues: { wake: () => {} },
        publicUrl: () => "https://wend.test",
        log: silent,
      },
      request,
    );
  api = await startTestApi({ trpc: { router: appRouter, createContext: createRequest } });
  const { key } = await createApiKey(api.db.store, api.db.workspace.id, { kind: "srv", name: "all", scopes: ["*"] });
  api = { ...api, key };
  limits = (await send(api, "/trpc/limits.get", { method: "GET" })).body.result.data;
});
afterAll(() => api.close());

const track = { userId: "u", event: "Seen" };
const nested = (levels: number) =>
  `{"userId":"u","event":"Seen","properties":{"a":${"[".repeat(levels)}${"]".repeat(levels)}}}`;
const padded = (bytes: number) => JSON.stringify(batch(1)).padEnd(bytes);
const event = (bytes: number) => {
  const empty = JSON.stringify({ ...track, properties: { a: "" } }).length;
  return { ...track, properties: { a: "x".repeat(bytes - empty) } };
};
const batch = (items: number) => ({ batch: Array(items).fill({ type: "track", ...track }) });
const many = (items: number) => ({
  items: Array.from({ length: items }, (_, i) => ({ userId: `u${i}`, channel: "email", purpose: "promotional" })),
});
const calls = (count: number) => `/trpc/${Array(count).fill("limits.get").join(",")}?batch=1&input=%7B%7D`;
const page = (items: number) => `/trpc/journeys.list?input=${encodeURIComponent(JSON.stringify({ limit: items }))}`;

const json = { "content-type": "application/json" };
const file = (change: object) => ({
  name: "a.bin",
  contentType: "application/octet-stream",
  base64: "AAAA",
  ...change,
});
const put = (change: object, bytes = 0) =>
  ["/trpc/blobs.put", { body: JSON.stringify(file(change)).padEnd(bytes), headers: json }] as const;

type Probe = (value: number) => readonly [path: string, request: Sent];

const probes: [keyof Limits, string, number, Probe][] = [
  ["request", "bodyBytes", 413, (bytes) => ["/v1/batch", { body: padded(bytes) }]],
  // The document and its properties are the first two levels.
  ["request", "depth", 400, (levels) => ["/v1/track", { body: nested(levels - 2) }]],
  ["request", "callsPerRequest", 400, (count) => [calls(count), { method: "GET" }]],
  ["request", "pageItems", 400, (items) => [page(items), { method: "GET" }]],
  [
    "request",
    "itemsPerCall",
    400,
    (items) => ["/trpc/consents.grant", { body: many(items), headers: { "content-type": "application/json" } }],
  ],
  ["blob", "bytes", 413, (bytes) => put({ base64: Buffer.alloc(bytes).toString("base64") })],
  ["blob", "bodyBytes", 413, (bytes) => put({}, bytes)],
  ["blob", "nameLength", 400, (length) => put({ name: "n".repeat(length) })],
  ["blob", "contentTypeLength", 400, (length) => put({ contentType: "a/b; c=".padEnd(length, "d") })],
  ["ingest", "eventBytes", 413, (bytes) => ["/v1/track", { body: event(bytes) }]],
  ["ingest", "batchItems", 413, (items) => ["/v1/batch", { body: batch(items) }]],
  ["ingest", "idLength", 400, (length) => ["/v1/track", { body: { ...track, userId: "u".repeat(length) } }]],
  ["ingest", "messageIdLength", 400, (length) => ["/v1/track", { body: { ...track, messageId: "m".repeat(length) } }]],
  ["ingest", "eventNameLength", 400, (length) => ["/v1/track", { body: { ...track, event: "e".repeat(length) } }]],
];

describe("a limit that the API tells is the last value that is taken:", () => {
  it.each(probes)("%s.%s", async (...[group, name, refusal, probe]) => {
    const value = limits[group][name]!;
    const statusOf = async (asked: number) => (await send(api, ...probe(asked))).status;
    expect([await statusOf(value), await statusOf(value + 1)]).toEqual([200, refusal]);
  });
});

describe("a body larger than others may be", () => {
  const large = (path: string, more: Partial<Sent> = {}): [string, Sent] => {
    const body = JSON.stringify(file({ base64: Buffer.alloc(1_000_000).toString("base64") }));
    return [path, { body, headers: json, ...more }];
  };

  it("is taken from nobody who has no key", async () => {
    const { status, body } = await send({ ...api, key: "srv_nobody" }, ...large("/trpc/blobs.put"));
    expect([status, body.error.data.wend.code]).toEqual([401, "auth.invalid_key"]);
  });

  it("is taken from no key of a browser, nor read", async () => {
    const key = await api.pubKey({ events: ["Seen"] });
    // Read, it would be no JSON.
    const { status, body } = await send({ ...api, key }, "/trpc/blobs.put", {
      body: "x".repeat(1_000_000),
      headers: json,
    });
    expect([status, body.error.data.wend.code]).toEqual([403, "auth.forbidden"]);
  });

  it.each(["/trpc/blobs.get", "/trpc/blobs.put,blobs.put?batch=1", "/trpc/connections.preview"])(
    "is not for other calls: %s",
    async (path) => {
      const { status, body } = await send(api, ...large(path));
      expect([status, body.error.data.wend.code]).toEqual([413, "request.too_large"]);
    },
  );

  it("may come as the only call of a batch", async () => {
    const body = JSON.stringify({ 0: file({ base64: Buffer.alloc(1_000_000).toString("base64") }) });
    const answer = await send(api, ...large("/trpc/blobs.put?batch=1", { body }));
    expect([answer.status, answer.body[0].result.data.bytes]).toEqual([200, 1_000_000]);
  });
});
