import { resolveDedupe } from "@wend/plugin";
import webhook from "@wend/webhook";
import { expect, test } from "vitest";

const { config, actions } = webhook.manifest;
const input = actions.post.input;

test.each([
  { url: "https://x.test" },
  { url: "http://x.test:8080/a?b=c", timeoutMs: 100, keyWindowMs: 0 },
  {
    url: "https://x.test",
    secret: `whsec_${"A".repeat(32)}`,
    headers: { "X-Tenant": "a b" },
    authorization: "Basic eDp5",
  },
])("config %j is accepted", (value) => {
  expect(config.safeParse(value).success).toBe(true);
});

test.each([
  [{}, "url"],
  [{ url: "ftp://x.test" }, "url"],
  [{ url: "x.test" }, "url"],
  [{ url: "https://u:p@x.test" }, "url"],
  [{ url: "https://x.test#a" }, "url"],
  [{ url: "https://x.test", secret: "secret" }, "secret"],
  [{ url: "https://x.test", secret: "whsec_short" }, "secret"],
  [{ url: "https://x.test", secret: `whsec_${"A".repeat(120)}` }, "secret"],
  [{ url: "https://x.test", headers: { Authorization: "Bearer t" } }, "headers"],
  [{ url: "https://x.test", headers: { "X-A": "a\r\nX-B: b" } }, "headers"],
  [{ url: "https://x.test", headers: { "X A": "a" } }, "headers"],
  [{ url: "https://x.test", authorization: "a\r\nb" }, "authorization"],
  [{ url: "https://x.test", timeoutMs: 60_000 }, "timeoutMs"],
  [{ url: "https://x.test", keyWindowMs: -1 }, "keyWindowMs"],
])("config %j is refused for %s", (value, field) => {
  expect(config.safeParse(value).error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

test.each([{ body: null }, { body: [], path: "/a/b.c?d=e&f=%20" }, { body: "{{ x }}", headers: { "X-A": "b" } }])(
  "input %j is accepted",
  (value) => {
    expect(input.safeParse(value).success).toBe(true);
  },
);

test.each([
  {},
  { body: {}, path: "orders" },
  { body: {}, path: "/a/../b" },
  { body: {}, path: "/.." },
  { body: {}, path: "/%2E%2e/b" },
  { body: {}, path: "/a#b" },
  { body: {}, path: "/a\\b" },
  { body: {}, path: "/a b" },
  { body: {}, path: "/ü" },
  { body: {}, headers: { "Idempotency-Key": "mine" } },
  { body: {}, headers: { "webhook-ID": "mine" } },
  { body: {}, headers: { Host: "evil.test" } },
  { body: {}, headers: { "Proxy-Authorization": "x" } },
  { body: {}, headers: { "X-A": "ü" } },
])("input %j is refused", (value) => {
  expect(input.safeParse(value).success).toBe(false);
});

test("only the operator's word makes a call whose answer was lost one that may be repeated", () => {
  const { dedupe } = actions.post;
  expect(resolveDedupe(dedupe, config.parse({ url: "https://x.test" }))).toEqual({ by: "none" });
  expect(resolveDedupe(dedupe, config.parse({ url: "https://x.test", keyWindowMs: 60_000 }))).toEqual({
    by: "key",
    windowMs: 60_000,
  });
});
