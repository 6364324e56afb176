import { gzipSync } from "node:zlib";
import { revokeApiKey } from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sent, TestApi } from "./harness.ts";
import { bearer, countRows, send, startTestApi } from "./harness.ts";

let api: TestApi;
let before: Record<string, number>;
let pubKey: string;
let revokedKey: string;

beforeAll(async () => {
  api = await startTestApi();
  pubKey = await api.pubKey({ events: ["Page Viewed"], traits: ["plan"] });
  revokedKey = await api.pubKey({});
  await revokeApiKey(api.db.store, api.db.workspace.id, revokedKey.split("_")[1]!);
  // So that there is something to be changed.
  await send(api, "/v1/identify", { body: { userId: "u", anonymousId: "v", traits: { plan: "pro" } } });
  before = await countRows(api);
});
afterAll(() => api.close());

const track = { userId: "u", event: "Seen" };
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const withProperty = (json: string) => `{"userId":"u","event":"Seen","properties":{"a":${json}}}`;
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

function chunked(size: number, count: number): ReadableStream {
  let sent = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (sent++ < count) controller.enqueue(new Uint8Array(size).fill(0x20));
      else controller.close();
    },
  });
}

type Case = [name: string, request: { path?: string } & Sent, statusCodePointer: string];

const cases: Case[] = [
  ["nothing at all", { body: "" }, "400 request.invalid_json "],
  ["invalid JSON", { body: `{"userId":"u",` }, "400 request.invalid_json "],
  ["JSON that is no object", { body: "[]" }, "400 request.invalid_field "],
  [
    "bytes that are no UTF-8",
    { body: bytes(`{"userId":"u","event":"`, [0xc3, 0x28], `"}`) },
    "400 request.invalid_encoding /event",
  ],
  ["a user id of the wrong type", { body: { ...track, userId: [] } }, "400 request.invalid_field /userId"],
  ["properties of the wrong type", { body: { ...track, properties: "x" } }, "400 request.invalid_field /properties"],
  [
    "traits of the wrong type",
    { path: "/v1/identify", body: { userId: "u", traits: 1 } },
    "400 request.invalid_field /traits",
  ],
  ["an event of the wrong type", { body: { userId: "u", event: {} } }, "400 request.invalid_field /event"],
  ["a timestamp of the wrong type", { body: { ...track, timestamp: 1 } }, "400 request.invalid_field /timestamp"],
  [
    "a day that does not exist",
    { body: { ...track, timestamp: "2026-02-30" } },
    "400 request.invalid_field /timestamp",
  ],
  ["no ids", { body: { event: "Seen" } }, "400 request.missing_id /userId"],
  ["no ids in identify", { path: "/v1/identify", body: { traits: {} } }, "400 request.missing_id /userId"],
  ["no event", { body: { userId: "u" } }, "400 request.missing_field /event"],
  ["NUL as an escape", { body: withProperty(String.raw`"x\u0000"`) }, "400 request.bad_text /properties/a"],
  ["NUL as a byte", { body: bytes(`{"userId":"u`, [0], `","event":"Seen"}`) }, "400 request.bad_text /userId"],
  ["NUL in a key", { body: withProperty(String.raw`{"\u0000":1}`) }, "400 request.bad_text /properties/a/\u{fffd}"],
  [
    "a lone surrogate as an escape",
    { body: withProperty(String.raw`["\ud83d"]`) },
    "400 request.bad_text /properties/a/0",
  ],
  [
    "a lone surrogate as bytes",
    { body: bytes(`{"userId":"`, [0xed, 0xa0, 0x80], `","event":"Seen"}`) },
    "400 request.invalid_encoding /userId",
  ],
  ["bytes that are no UTF-8 outside of any text", { body: bytes("{", [0xff], "}") }, "400 request.invalid_encoding "],
  [
    "UTF-16 with its mark",
    { body: bytes([0xff, 0xfe], [...Buffer.from(JSON.stringify(track), "utf16le")]) },
    "400 request.invalid_encoding ",
  ],
  [
    "__proto__",
    { body: withProperty(`{"__proto__":{"admin":true}}`) },
    "400 request.forbidden_key /properties/a/__proto__",
  ],
  [
    "__proto__ in disguise",
    { body: withProperty(String.raw`{"__pr\u006fto__":1}`) },
    "400 request.forbidden_key /properties/a/__proto__",
  ],
  [
    "constructor",
    { body: withProperty(`{"constructor":{"prototype":1}}`) },
    "400 request.forbidden_key /properties/a/constructor",
  ],
  ["2^53", { body: withProperty("9007199254740992") }, "400 request.unsafe_number /properties/a"],
  ["-2^53", { body: withProperty("[-9007199254740992]") }, "400 request.unsafe_number /properties/a/0"],
  [
    "a user id beyond 2^53",
    { body: `{"userId":12345678901234567890,"event":"Seen"}` },
    "400 request.unsafe_number /userId",
  ],
  ["an infinite number", { body: withProperty("1e400") }, "400 request.unsafe_number /properties/a"],
  ["65 levels", { body: withProperty(nested(63)) }, `400 request.too_deep /properties/a${"/0".repeat(62)}`],
  ["20,000 levels", { body: withProperty(nested(16_000)) }, `400 request.too_deep /properties/a${"/0".repeat(62)}`],
  ["an event of more than 32 KB", { body: withProperty(`"${"x".repeat(32_768)}"`) }, "413 request.too_large "],
  ["a body of more than 512 KB", { body: `${JSON.stringify(track)}${" ".repeat(524_288)}` }, "413 request.too_large "],
  ["a chunked body of more than 512 KB", { body: chunked(8_192, 65) }, "413 request.too_large "],
  [
    "a gzip bomb",
    { body: gzipSync(Buffer.alloc(100_000_000, " ")), headers: { "content-encoding": "gzip" } },
    "413 request.too_large ",
  ],
  ["gzip that is none", { body: "{}", headers: { "content-encoding": "gzip" } }, "400 request.invalid_json "],
  ["an unknown encoding", { body: "{}", headers: { "content-encoding": "br" } }, "415 request.unsupported_encoding "],
  ["a batch without items", { path: "/v1/batch", body: { batch: [] } }, "400 request.invalid_field /batch"],
  ["a batch that is none", { path: "/v1/batch", body: track }, "400 request.missing_field /batch"],
  ["a batch of 501", { path: "/v1/batch", body: { batch: Array(501).fill(1) } }, "413 request.too_large /batch"],
  [
    "a batch of nothing but bad items",
    { path: "/v1/batch", body: { batch: [{ type: "track" }, { ...track, type: "page" }] } },
    "400 request.nothing_accepted /batch/0/userId",
  ],
];

describe("refused, with a code and a pointer, and nothing changed:", () => {
  it.each(cases)("%s", async (_, { path = "/v1/track", ...request }, expected) => {
    const answer = await send(api, path, request);
    const { code, pointer } = answer.body;
    expect(`${answer.status} ${code} ${pointer}`).toBe(expected);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({
      type: `urn:wend:error:${code}`,
      status: answer.status,
      title: expect.any(String),
      fix: expect.any(String),
      requestId: answer.headers.get("x-request-id"),
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/insert into|select |node_modules|at .*\.ts/);
    expect(await countRows(api)).toEqual(before);
  });
});

describe("a key is refused, and nothing changed:", () => {
  it.each([
    ["none", () => ({}), "401 auth.missing_key"],
    ["one that is no key", () => bearer("x"), "401 auth.invalid_key"],
    ["an unknown one", () => bearer(`${api.key.slice(0, -8)}AAAAAAAA`), "401 auth.invalid_key"],
    ["a revoked one", () => bearer(revokedKey), "401 auth.invalid_key"],
    ["an unknown scheme", () => ({ authorization: `Token ${api.key}` }), "401 auth.missing_key"],
    ["a pub_ key for another event", () => bearer(pubKey), "403 auth.pub_not_allowed"],
  ] as const)("%s", async (_, headers, expected) => {
    const response = await fetch(`${api.url}/v1/track`, {
      method: "POST",
      headers: headers(),
      body: JSON.stringify({ anonymousId: "v", event: "Order Completed" }),
    });
    const body = (await response.json()) as { code: string };
    expect(`${response.status} ${body.code}`).toBe(expected);
    expect(response.headers.get("www-authenticate")).toBe(
      response.status === 401 ? 'Basic realm="wend", charset="UTF-8"' : null,
    );
    expect(await countRows(api)).toEqual(before);
  });
});

it("one bad item names every one of its faults", async () => {
  const { body } = await send(api, "/v1/track", { body: { userId: {}, event: "Seen", properties: 1, context: 2 } });
  expect(body.problems.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    "/userId",
    "/properties",
    "/context",
  ]);
});

it("a batch that is refused as a whole says what is wrong with each item", async () => {
  const { body } = await send(api, "/v1/batch", { body: { batch: [{ type: "track" }, { ...track, type: "page" }] } });
  expect(body).toMatchObject({
    success: false,
    rejected: [
      { index: 0, code: "request.missing_id", pointer: "/batch/0/userId" },
      { index: 1, code: "request.invalid_field", pointer: "/batch/1/type" },
    ],
  });
});

it("a body far too large is answered as soon as it is too large, the rest unread", async () => {
  let chunks = 0;
  const body = new ReadableStream({
    pull: (controller) => {
      if (++chunks <= 2_000) controller.enqueue(new Uint8Array(65_536));
      else controller.close();
    },
  });
  const answer = await send(api, "/v1/track", { body });
  expect(answer).toMatchObject({ status: 413, body: { code: "request.too_large" } });
  expect(chunks).toBeLessThan(200);
});
