import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Sent, TestApi } from "./harness.ts";
import { basic, send, startTestApi } from "./harness.ts";

const origin = "https://shop.example";

let api: TestApi;
let pubKey: string;
beforeAll(async () => {
  api = await startTestApi();
  pubKey = await api.pubKey({ events: ["Page Viewed"] });
});
afterAll(() => api.close());

const ask = (path: string, more: Sent = {}) => send(api, path, { ...more, headers: { origin, ...more.headers } });
const corsOf = ({ headers }: Answer) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));

describe.each(["/v1/track", "/v1/identify", "/v1/batch"])("a page of another site may call %s", (path) => {
  it("with a key and JSON, which it asks for first", async () => {
    const answer = await ask(path, {
      method: "OPTIONS",
      headers: {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(answer.status).toBe(204);
    const { "access-control-allow-headers": allowed, ...rest } = corsOf(answer);
    expect(allowed!.split(", ")).toEqual(expect.arrayContaining(["authorization", "content-type"]));
    expect(rest).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-max-age": "86400",
    });
  });

  it("and read that it was refused, and when to come back", async () => {
    const refused = await ask(path, { body: "{", headers: { "content-type": "text/plain" } });
    expect(refused).toMatchObject({ status: 400, body: { code: "request.invalid_json" } });
    const stranger = await ask(path, { body: {}, headers: basic("x") });
    expect(stranger).toMatchObject({ status: 401, body: { code: "auth.invalid_key" } });
    for (const answer of [refused, stranger, await ask(path, { method: "GET" })]) {
      expect(corsOf(answer)).toEqual({
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "retry-after, x-request-id",
      });
    }
  });
});

it.each(["text/plain", "application/json"])(
  "an event sent as %s is taken, and its answer can be read",
  async (type) => {
    const body = JSON.stringify({ anonymousId: "v", event: "Page Viewed" });
    const answer = await ask("/v1/track", { body, headers: { ...basic(pubKey), "content-type": type } });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(corsOf(answer)).toMatchObject({ "access-control-allow-origin": "*" });
  },
);

it("a batch of nothing but bad items can be read too", async () => {
  const answer = await ask("/v1/batch", { body: { batch: [{ type: "track" }] } });
  expect(answer).toMatchObject({ status: 400, body: { code: "request.nothing_accepted" } });
  expect(corsOf(answer)).toMatchObject({ "access-control-allow-origin": "*" });
});

it("credentials of the browser are never asked for", async () => {
  for (const method of ["OPTIONS", "POST"]) {
    expect(corsOf(await ask("/v1/track", { method, body: method === "POST" ? {} : undefined }))).not.toHaveProperty(
      "access-control-allow-credentials",
    );
  }
});

it("nothing else is open to other sites", async () => {
  for (const path of ["/trpc/journeys.list", "/livez", "/readyz", "/v1/unknown"]) {
    for (const method of ["OPTIONS", "GET", "POST"]) expect(corsOf(await ask(path, { method }))).toEqual({});
  }
});
