import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/accept/edge/parse-json.ts";
import type { CallKind } from "../../src/accept/shape/read-call.ts";
import { readCall } from "../../src/accept/shape/read-call.ts";

const read = (kind: CallKind, body: unknown) =>
  readCall(kind, parseJson(new TextEncoder().encode(JSON.stringify(body))), (event) => event);

function faultsOf(kind: CallKind, body: unknown): string[] {
  try {
    read(kind, body);
  } catch (error) {
    if (error instanceof WendError) return (error.problems ?? [error]).map(({ code, pointer }) => `${code} ${pointer}`);
    throw error;
  }
  return [];
}

const track = { userId: "u", event: "Seen" };

describe("a track call", () => {
  it("keeps what it knows and drops the rest", () => {
    const { events } = read("track", {
      type: "track",
      userId: 12,
      anonymousId: "v",
      event: "Seen",
      messageId: "m",
      properties: { a: [1] },
      context: { ip: "x" },
      traits: { not: "here" },
      integrations: { All: true },
      originalTimestamp: "2026-01-01T00:00:00Z",
      timestamp: "2026-01-02T03:04:05.678+02:00",
      sentAt: "2026-01-01T00:00:01Z",
    });
    expect(events).toEqual([
      {
        kind: "track",
        name: "Seen",
        userId: "12",
        anonymousId: "v",
        messageId: "m",
        occurredAt: Date.UTC(2026, 0, 2, 1, 4, 5, 678),
        payload: `{"properties":{"a":[1]},"context":{"ip":"x"}}`,
      },
    ]);
  });

  it("gets a message id when it has none, and takes empty ids for absent ones", () => {
    const [a, b] = [track, track].map(
      (body) => read("track", { ...body, anonymousId: "", messageId: null }).events[0]!,
    );
    expect(a?.messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(a?.messageId).not.toBe(b?.messageId);
    expect(a).toMatchObject({ anonymousId: null, occurredAt: null, payload: "{}" });
  });

  it.each([
    ["no object", [], "request.invalid_field "],
    ["no ids", { event: "Seen" }, "request.missing_id /userId"],
    ["empty ids", { event: "Seen", userId: "", anonymousId: null }, "request.missing_id /userId"],
    ["a user id of the wrong type", { ...track, userId: { id: 1 } }, "request.invalid_field /userId"],
    ["a user id that is too long", { ...track, userId: "x".repeat(257) }, "request.invalid_field /userId"],
    ["an anonymous id of the wrong type", { ...track, anonymousId: true }, "request.invalid_field /anonymousId"],
    ["no event", { userId: "u" }, "request.missing_field /event"],
    ["an empty event", { userId: "u", event: "" }, "request.missing_field /event"],
    ["an event of the wrong type", { userId: "u", event: 7 }, "request.invalid_field /event"],
    ["an event that is too long", { userId: "u", event: "x".repeat(201) }, "request.invalid_field /event"],
    ["an event with a name of ours", { userId: "u", event: "$consent" }, "request.invalid_field /event"],
    ["another type", { ...track, type: "identify" }, "request.invalid_field /type"],
    ["a message id of the wrong type", { ...track, messageId: 7 }, "request.invalid_field /messageId"],
    ["an empty message id", { ...track, messageId: "" }, "request.invalid_field /messageId"],
    ["a message id that is too long", { ...track, messageId: "x".repeat(201) }, "request.invalid_field /messageId"],
    ["properties that are no object", { ...track, properties: [1] }, "request.invalid_field /properties"],
    ["a context that is no object", { ...track, context: "x" }, "request.invalid_field /context"],
    ["more than 32 KB", { ...track, properties: { a: "x".repeat(33_000) } }, "request.too_large "],
    ["a number that changes", { ...track, properties: { a: [1, 2 ** 53] } }, "request.unsafe_number /properties/a/1"],
  ])("with %s is refused", (_, body, fault) => {
    expect(faultsOf("track", body)).toEqual([fault]);
  });

  it.each([
    "2026-02-30T00:00:00Z",
    "2026-13-01",
    "2026-01-01T00:00:00",
    "2026-01-01 00:00:00Z",
    "1899-12-31",
    "2200-01-01",
    "yesterday",
    1_700_000_000_000,
    "",
  ])("with the timestamp %o is refused", (timestamp) => {
    for (const field of ["timestamp", "originalTimestamp", "sentAt"]) {
      expect(faultsOf("track", { ...track, [field]: timestamp })).toEqual([`request.invalid_field /${field}`]);
    }
  });

  it.each([
    ["2026-02-28", Date.UTC(2026, 1, 28)],
    ["2024-02-29T23:59:59.1234567Z", Date.UTC(2024, 1, 29, 23, 59, 59, 123)],
    ["2026-03-08T02:30-0500", Date.UTC(2026, 2, 8, 7, 30)],
  ])("takes the timestamp %s", (timestamp, instant) => {
    expect(read("track", { ...track, timestamp }).events[0]?.occurredAt).toBe(instant);
    expect(read("track", { ...track, originalTimestamp: timestamp }).events[0]?.occurredAt).toBe(instant);
  });

  it("is refused with all its faults at once", () => {
    expect(
      faultsOf("track", { userId: [], event: 1, timestamp: 1, messageId: 1, properties: 1, context: 2 ** 60 }),
    ).toEqual([
      "request.unsafe_number /context",
      "request.invalid_field /userId",
      "request.invalid_field /timestamp",
      "request.invalid_field /event",
      "request.invalid_field /messageId",
      "request.invalid_field /properties",
      "request.invalid_field /context",
    ]);
  });
});

describe("an identify call", () => {
  it("is stored under a name of ours with its traits", () => {
    expect(read("identify", { userId: "u", traits: { plan: "pro" }, event: "x", properties: {} }).events).toMatchObject(
      [{ kind: "identify", name: "$identify", payload: `{"traits":{"plan":"pro"}}` }],
    );
  });

  it("with traits that are no object is refused", () => {
    expect(faultsOf("identify", { userId: "u", traits: ["pro"] })).toEqual(["request.invalid_field /traits"]);
  });
});

describe("a batch", () => {
  it("takes its good items and names the bad ones", () => {
    const batch = [
      { type: "track", ...track },
      { type: "track", ...track, userId: {}, event: 1 },
      { type: "identify", anonymousId: "v", traits: {} },
      null,
      { ...track },
      { type: "page", userId: "u" },
      { type: "track", ...track, properties: { deep: { n: 2 ** 53 } } },
      { type: "track", ...track, properties: { a: "x".repeat(33_000) } },
    ];
    const { events, rejected } = read("batch", { batch, sentAt: "2026-01-01T00:00:00Z", writeKey: "k" });
    expect(events.map(({ kind }) => kind)).toEqual(["track", "identify"]);
    expect(rejected.map(({ index, code, pointer }) => `${index} ${code} ${pointer}`)).toEqual([
      "1 request.invalid_field /batch/1/userId",
      "3 request.invalid_field /batch/3",
      "4 request.missing_field /batch/4/type",
      "5 request.invalid_field /batch/5/type",
      "6 request.unsafe_number /batch/6/properties/deep/n",
      "7 request.too_large /batch/7",
    ]);
  });

  it.each([
    ["no object", [track], "request.invalid_field "],
    ["no items", {}, "request.missing_field /batch"],
    ["an empty list", { batch: [] }, "request.invalid_field /batch"],
    ["something else for a list", { batch: { 0: track } }, "request.invalid_field /batch"],
    ["more than 500 items", { batch: Array(501).fill(0) }, "request.too_large /batch"],
    ["a bad sentAt", { batch: [track], sentAt: "now" }, "request.invalid_field /sentAt"],
    [
      "a fault outside its items",
      { batch: [{ type: "track", ...track }], context: { n: 2 ** 53 } },
      "request.unsafe_number /context/n",
    ],
  ])("with %s is refused as a whole", (_, body, fault) => {
    expect(faultsOf("batch", body)).toEqual([fault]);
  });
});
