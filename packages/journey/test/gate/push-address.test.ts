import { expect, test } from "vitest";
import { findPushEndpoint } from "../../src/gate/push-address.ts";
import { isValidAddress } from "../../src/index.ts";

const keys = { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) };
const endpoint = "https://push.example/send/1";
const whole = { endpoint, expirationTime: null, keys };

test("the address of a push is what a browser makes of its subscription", () => {
  expect(findPushEndpoint(JSON.stringify(whole))).toBe(endpoint);
  expect(isValidAddress("push", JSON.stringify(whole))).toBe(true);
});

test.each([
  ["", ""],
  ["no JSON", endpoint],
  ["null", "null"],
  ["a list", "[]"],
  ["no keys", JSON.stringify({ endpoint })],
  ["one key", JSON.stringify({ endpoint, keys: { p256dh: keys.p256dh } })],
  ["a short key", JSON.stringify({ ...whole, keys: { ...keys, auth: "A" } })],
  ["no endpoint", JSON.stringify({ keys })],
  ["an endpoint of another kind", JSON.stringify({ ...whole, endpoint: "file:///etc/passwd" })],
  ["an endpoint with a password", JSON.stringify({ ...whole, endpoint: "https://a:b@push.example/" })],
  ["too much", JSON.stringify({ ...whole, endpoint: `${endpoint}/${"x".repeat(2_000)}` })],
])("%s is none", (_, address) => {
  expect(isValidAddress("push", address)).toBe(false);
});
