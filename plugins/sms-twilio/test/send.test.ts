import type { PluginLinks } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { startFakeTwilio } from "./fake-twilio.ts";
import { ada, configOf, deliveryId, open, refusal, shop } from "./open.ts";

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

test("a message is one form to one number, reported to the connection's webhook", async () => {
  await using twilio = await startFakeTwilio();
  const { send, host } = await open(configOf(twilio));
  const sent = await send({ text: "Grüße & more + 100% 👋", validitySeconds: 600 });
  expect(twilio.posts).toHaveLength(1);
  const { form, authorization } = twilio.posts[0]!;
  expect(Object.fromEntries(form)).toEqual({
    To: ada,
    From: shop,
    Body: "Grüße & more + 100% 👋",
    StatusCallback: `${host.links.webhookUrl}?delivery=${deliveryId}`,
    ValidityPeriod: "600",
  });
  expect(authorization).toBe(basic(twilio.accountSid, twilio.authToken));
  const [sid] = twilio.messages.keys();
  expect(sent).toEqual({ providerId: sid, output: { sid, status: "queued", from: shop, segments: 1 } });
});

test("an API key stands in for the account's own token", async () => {
  const sid = `SK${"c".repeat(32)}`;
  await using twilio = await startFakeTwilio({ apiKeys: { [sid]: "key-secret" } });
  const { send } = await open({ ...configOf(twilio), apiKeySid: sid, apiKeySecret: "key-secret" });
  await send({ text: "Hello" });
  expect(twilio.posts[0]?.authorization).toBe(basic(sid, "key-secret"));
});

test("a messaging service chooses the sender, and tells neither it nor the segments at first", async () => {
  await using twilio = await startFakeTwilio();
  const { senders: _, ...config } = configOf(twilio);
  const messagingServiceSid = `MG${"b".repeat(32)}`;
  const { send } = await open({ ...config, messagingServiceSid });
  const { output } = await send({ text: "Hello" });
  expect(twilio.posts[0]?.form.get("MessagingServiceSid")).toBe(messagingServiceSid);
  expect(twilio.posts[0]?.form.has("From")).toBe(false);
  expect(output).toMatchObject({ status: "accepted", from: null, segments: null });
});

test("the status callback holds no secret of the connection", async () => {
  await using twilio = await startFakeTwilio();
  const { send } = await open(configOf(twilio));
  await send({ text: "Hello" });
  const callback = twilio.posts[0]?.form.get("StatusCallback") ?? "";
  expect(callback).not.toContain(twilio.authToken);
  expect([...new URL(callback).searchParams.keys()]).toEqual(["delivery"]);
});

test("a webhook URL that has a query keeps it", async () => {
  await using twilio = await startFakeTwilio();
  const { links } = createTestHost();
  const withQuery: PluginLinks = { ...links, webhookUrl: `${links.webhookUrl}?region=eu` };
  const { send } = await open(configOf(twilio), { links: withQuery });
  await send({ text: "Hello" });
  expect(twilio.posts[0]?.form.get("StatusCallback")).toBe(`${withQuery.webhookUrl}&delivery=${deliveryId}`);
});

test.each([
  undefined,
  "",
  "4915112345678",
  "+0915112345678",
  "+49 151 12345678",
  "+4915112345678901",
  "+12345",
  "whatsapp:+4915112345678",
  "+4915112345678,+4915112345679",
  "+4915112345678\n",
  "+٤٩١٥١١٢٣٤٥٦",
  "client:ada",
])("the address %j is refused before anybody is called", async (address) => {
  await using twilio = await startFakeTwilio();
  const { send } = await open(configOf(twilio));
  expect(await refusal(send({ text: "Hello" }, { address }))).toMatchObject({
    code: "address.invalid",
    retry: "never",
  });
  expect(twilio.posts).toEqual([]);
});

test("a text that Twilio does not take is refused before anybody is called", async () => {
  await using twilio = await startFakeTwilio();
  const { send } = await open(configOf(twilio));
  await send({ text: "a".repeat(1_600) });
  expect(await refusal(send({ text: "a".repeat(1_601) }))).toMatchObject({ code: "input.invalid", pointer: "/text" });
  expect(twilio.posts).toHaveLength(1);
});
