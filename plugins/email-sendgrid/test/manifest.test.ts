import { generateKeyPairSync } from "node:crypto";
import { mailAction } from "@wend/email/manifest";
import emailSendgrid from "@wend/email-sendgrid";
import { expect, test } from "vitest";
import { makeKeys } from "./fake/write-events.ts";

const { config, actions, secrets } = emailSendgrid.manifest;
const base = { apiKey: "SG.key", from: "shop@example.com" };
const keyOn = (namedCurve: string) =>
  generateKeyPairSync("ec", { namedCurve }).publicKey.export({ format: "der", type: "spki" }).toString("base64");

test("a connection needs a key and a sender; the rest has defaults", () => {
  expect(config.parse(base)).toEqual({
    ...base,
    trackOpens: false,
    trackClicks: false,
    sandboxMode: false,
    url: "https://api.sendgrid.com",
  });
});

test.each([
  { publicKey: makeKeys().publicKey, previousPublicKey: makeKeys().publicKey },
  { url: "https://api.eu.sendgrid.com", sandboxMode: true },
  { fromName: "The Shop", replyTo: "help@example.com", listId: "news.example.com", trackOpens: true },
])("config with %j is accepted", (change) => {
  expect(config.safeParse({ ...base, ...change }).error).toBeUndefined();
});

test.each([
  [{ apiKey: "" }, "apiKey"],
  [{ apiKey: "SG.a b" }, "apiKey"],
  [{ apiKey: "SG.a\r\nX: y" }, "apiKey"],
  [{ from: "Shop <shop@example.com>" }, "from"],
  [{ publicKey: "" }, "publicKey"],
  [{ publicKey: "c2VjcmV0" }, "publicKey"],
  [{ publicKey: keyOn("secp384r1") }, "publicKey"],
  [{ previousPublicKey: "no key" }, "previousPublicKey"],
  [{ url: "https://api.sendgrid.com/v3" }, "url"],
  [{ url: "https://u:p@api.sendgrid.com" }, "url"],
  [{ url: "ftp://api.sendgrid.com" }, "url"],
])("config with %j is refused for %s", (change, field) => {
  expect(config.safeParse({ ...base, ...change }).error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

test("a mail is what it is for every provider of the channel", () => {
  expect(actions.send).toMatchObject(mailAction);
  expect(actions.send.input).toBe(mailAction.input);
});

test("all that opens something at SendGrid is a secret", () => {
  expect(secrets).toEqual(["apiKey"]);
});
