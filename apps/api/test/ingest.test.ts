import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiApp } from "../src/index.ts";
import type { TestApi } from "./harness.ts";
import { acceptOn, basic, bearer, query, send, silent, startTestApi } from "./harness.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

let sent = 0;
const track = (more: object = {}) => ({ userId: "u", event: "Seen", messageId: `m${++sent}`, ...more });
const isStored = async (messageId: string) =>
  (await query(api, `select 1 from events where message_id = '${messageId}'`)).length === 1;

describe("an event that is answered 200 is in the ledger", () => {
  it("from /v1/track", async () => {
    const event = track({ properties: { total: 12.3 } });
    const answer = await send(api, "/v1/track", { body: event });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await isStored(event.messageId)).toBe(true);
  });

  it("from /v1/identify", async () => {
    const answer = await send(api, "/v1/identify", { body: { userId: "u", traits: { plan: "pro" }, messageId: "i1" } });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(await query(api, "select name, payload from events where message_id = 'i1'")).toEqual([
      { name: "$identify", payload: { traits: { plan: "pro" } } },
    ]);
  });

  it("from /v1/batch, whose bad items are named", async () => {
    const [good, bad] = [track(), track({ userId: {} })];
    const answer = await send(api, "/v1/batch", {
      body: { batch: [bad, good].map((one) => ({ type: "track", ...one })) },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { success: true, rejected: [{ index: 0, code: "request.invalid_field", pointer: "/batch/0/userId" }] },
    });
    expect([await isStored(good.messageId), await isStored(bad.messageId)]).toEqual([true, false]);
    expect((await send(api, "/v1/batch", { body: { batch: [{ type: "track", ...track() }] } })).body).toEqual({
      success: true,
      rejected: [],
    });
  });

  it("when it is compressed, or comes in chunks", async () => {
    const [zipped, cut] = [track(), track()];
    const body = gzipSync(JSON.stringify(zipped));
    expect((await send(api, "/v1/track", { body, headers: { "content-encoding": "gzip" } })).status).toBe(200);
    const stream = new ReadableStream({
      start: (controller) => {
        for (const character of JSON.stringify(cut)) controller.enqueue(new TextEncoder().encode(character));
        controller.close();
      },
    });
    expect((await send(api, "/v1/track", { body: stream })).status).toBe(200);
    expect([await isStored(zipped.messageId), await isStored(cut.messageId)]).toEqual([true, true]);
  });

  it("once, however often it is sent", async () => {
    const event = track();
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(api, "/v1/track", { body: event })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await isStored(event.messageId)).toBe(true);
  });
});

describe("the key is found", () => {
  const post = async (headers: Record<string, string>, body: object) =>
    (await fetch(`${api.url}/v1/track`, { method: "POST", headers, body: JSON.stringify(body) })).status;

  it("as the Basic user name", async () => expect(await post(basic(api.key), track())).toBe(200));
  it("as a bearer token", async () => expect(await post(bearer(api.key), track())).toBe(200));
  it("in the body", async () => expect(await post({}, track({ writeKey: api.key }))).toBe(200));
  it("in the header first", async () => expect(await post(bearer("x"), track({ writeKey: api.key }))).toBe(401));
});

describe("the app without a server", () => {
  const app = () => createApiApp({ store: api.db.store, accept: acceptOn(api.db.store), log: silent });

  it("takes events", async () => {
    const event = track();
    const response = await app().request("/v1/track", {
      method: "POST",
      headers: bearer(api.key),
      body: JSON.stringify(event),
    });
    expect([response.status, await response.json()]).toEqual([200, { success: true }]);
    expect(await isStored(event.messageId)).toBe(true);
  });

  it("bounds what it reads", async () => {
    const body = "x".repeat(600_000);
    const response = await app().request("/v1/track", { method: "POST", headers: bearer(api.key), body });
    expect([response.status, await response.json()]).toMatchObject([413, { code: "request.too_large" }]);
  });
});
