import { WendError } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import web from "@wend/web";
import { expect, test } from "vitest";
import { makeVapidPair } from "./vapid-pair.ts";

async function check(config: object, host = createTestHost()) {
  const connection = await web.connect(web.manifest.config.parse(config), host);
  return connection.check!(new AbortController().signal);
}

test("a connection with a key pair has no problems, and asks nobody", async () => {
  const fetch = () => Promise.reject(new Error("nobody is to be asked"));
  expect(await check(makeVapidPair(), createTestHost({ fetch }))).toEqual({ problems: [] });
});

test("a connection without VAPID keys is told that push is off", async () => {
  const { problems } = await check({ origins: ["https://shop.example"] });
  expect(problems).toMatchObject([{ code: "provider.unauthorized", pointer: "/vapidPublicKey" }]);
  expect(problems[0]?.message).toContain("every push fails");
});

test("a host that has no key to sign links with is told", async () => {
  const { links } = createTestHost();
  const sign = () => {
    throw new WendError("connection.secret_key_missing");
  };
  const host = createTestHost({ links: { ...links, sign } });
  await expect(check(makeVapidPair(), host)).rejects.toMatchObject({ code: "connection.secret_key_missing" });
});
