import { expect, test } from "vitest";
import { createVapid } from "../../src/push/vapid.ts";
import { isKeyPair } from "../../src/push/vapid-keys.ts";
import { isSigned } from "../push-service.ts";
import { makeVapidPair } from "../vapid-pair.ts";

const now = Date.UTC(2026, 0, 1);
const pair = makeVapidPair();
const { vapidSubject: subject, vapidPublicKey: publicKey, vapidPrivateKey: privateKey } = pair;
const claimsOf = (header: string) => JSON.parse(Buffer.from(header.split(".")[1]!, "base64url").toString());

test("the check of these tests takes the published token of RFC 8292, section 2.4, and not one with a byte changed", () => {
  const header =
    "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
  expect(isSigned(header, "https://push.example.net")).toBe(true);
  expect(isSigned(header.replace("i3CYb7", "i3CYb8"), "https://push.example.net")).toBe(false);
});

test("a token is signed for the origin of the endpoint, says who pushes, and lives for less than a day", () => {
  const header = createVapid({ subject, publicKey, privateKey })("https://push.example:8443/send/1?x=y", now);
  expect(isSigned(header, "https://push.example:8443")).toBe(true);
  expect(claimsOf(header)).toEqual({ aud: "https://push.example:8443", exp: now / 1_000 + 43_200, sub: subject });
  expect(header).toContain(`, k=${publicKey}`);
});

test("a token is used again for its origin until half its life is over", () => {
  const vapid = createVapid({ subject, publicKey, privateKey });
  const first = vapid("https://a.example/1", now);
  expect(vapid("https://a.example/2", now + 6 * 3_600_000 - 1)).toBe(first);
  expect(vapid("https://b.example/1", now)).not.toBe(first);
  const later = vapid("https://a.example/1", now + 6 * 3_600_000);
  expect(claimsOf(later).exp).toBe(claimsOf(first).exp + 6 * 3_600);
});

test("two keys are a pair only if they are", () => {
  const other = makeVapidPair();
  expect(isKeyPair(publicKey, privateKey)).toBe(true);
  expect(isKeyPair(other.vapidPublicKey, privateKey)).toBe(false);
  for (const bad of ["", "x", "\u00e4", "A".repeat(43), `${privateKey}=`])
    expect(isKeyPair(publicKey, bad)).toBe(false);
});
