import web from "@wend/web";
import { expect, test } from "vitest";
import { makeVapidPair } from "./vapid-pair.ts";

const pair = makeVapidPair();
const config = (value: object) => web.manifest.config.safeParse(value);

test.each([
  {},
  { origins: ["https://shop.example", "http://127.0.0.1:8080"] },
  pair,
  { ...pair, vapidSubject: "https://shop.example/contact" },
])("%j is a connection", (value) => {
  expect(config(value).error).toBeUndefined();
});

test.each([
  [{ origins: [] }, ["origins"]],
  [{ origins: ["shop.example"] }, ["origins", 0]],
  [{ origins: ["https://shop.example/"] }, ["origins", 0]],
  [{ vapidSubject: pair.vapidSubject }, ["vapidPublicKey"]],
  [{ ...pair, vapidPrivateKey: undefined }, ["vapidPrivateKey"]],
  [{ ...pair, vapidPublicKey: makeVapidPair().vapidPublicKey }, ["vapidPrivateKey"]],
  [{ ...pair, vapidSubject: "ops@shop.example" }, ["vapidSubject"]],
])("%j is none", (value, path) => {
  expect(config(value).error?.issues[0]?.path).toEqual(path);
});

test("no message of a refused config holds the private key", () => {
  const { error } = config({ ...pair, vapidPublicKey: makeVapidPair().vapidPublicKey });
  expect(JSON.stringify(error?.issues)).not.toContain(pair.vapidPrivateKey);
});
