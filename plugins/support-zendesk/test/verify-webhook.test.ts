import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { open, refusal } from "./open.ts";
import { eventOf, signedAt, webhookOf, webhookSecret } from "./webhook.ts";

// What nobody waits for needs no request to Zendesk.
const body = eventOf("tags_changed", { tags_added: ["a"] });
const nowhere = { url: "http://127.0.0.1:9" };

const openWith = async (config: object) => (await open(nowhere, { config })).connection;

test("a webhook that Zendesk has signed is taken, with its time and a nonce of its own", async () => {
  const { receive } = await openWith({ webhookSecret });
  const { proof } = await receive!(webhookOf(body));
  expect(proof).toMatchObject({ by: "signature", signedAt: Date.parse(signedAt) });
  const other = await receive!(webhookOf(body, { time: "2026-01-02T03:04:06Z" }));
  expect(other.proof).not.toMatchObject({ nonce: (proof as { nonce: string }).nonce });
});

test("the signature is base64 of HMAC-SHA256 over the time and then the body", async () => {
  const time = "2021-07-25T10:00:00Z";
  const { receive } = await openWith({ webhookSecret });
  const signedOver = async (...parts: string[]) => {
    const request = webhookOf('{"say": "hello"}', { time });
    const signature = createHmac("sha256", webhookSecret).update(parts.join("")).digest("base64");
    request.headers.set("x-zendesk-webhook-signature", signature);
    return receive!(request);
  };
  await expect(signedOver(time, '{"say": "hello"}')).resolves.toMatchObject({ proof: { by: "signature" } });
  expect(await refusal(signedOver('{"say": "hello"}', time))).toMatchObject({ code: "webhook.refused" });
});

describe("refused", () => {
  const changed: readonly (readonly [string, (request: ReturnType<typeof webhookOf>) => unknown])[] = [
    ["one byte of the body flipped", ({ body: bytes }) => bytes.set([bytes[20]! ^ 1], 20)],
    [
      "a body written anew",
      (request) => Object.assign(request, { body: new TextEncoder().encode(JSON.stringify(body)) }),
    ],
    ["a byte more", (request) => Object.assign(request, { body: new Uint8Array([...request.body, 10]) })],
    ["no signature", ({ headers }) => headers.delete("x-zendesk-webhook-signature")],
    ["no time", ({ headers }) => headers.delete("x-zendesk-webhook-signature-timestamp")],
    ["an empty signature", ({ headers }) => headers.set("x-zendesk-webhook-signature", "")],
    ["two signatures", ({ headers }) => headers.append("x-zendesk-webhook-signature", "AAAA")],
    ["a later time", ({ headers }) => headers.set("x-zendesk-webhook-signature-timestamp", "2026-01-02T03:04:06Z")],
  ];

  test.each(changed)("%s", async (_, change) => {
    const { receive } = await openWith({ webhookSecret });
    const request = webhookOf(body);
    change(request);
    expect(await refusal(receive!(request))).toMatchObject({ code: "webhook.refused" });
  });

  test.each(["2026-01-02", "1767323045", "2026-01-02T03:04:05+01:00", "2026-13-02T03:04:05Z", "now"])(
    "a signed time %j that is none of Zendesk's",
    async (time) => {
      const { receive } = await openWith({ webhookSecret });
      expect(await refusal(receive!(webhookOf(body, { time })))).toMatchObject({ code: "webhook.refused" });
    },
  );

  test("another secret, and any secret where none is configured", async () => {
    const { receive } = await openWith({ webhookSecret: "other" });
    expect(await refusal(receive!(webhookOf(body)))).toMatchObject({ code: "webhook.refused" });
    const without = await openWith({});
    expect(await refusal(without.receive!(webhookOf(body)))).toMatchObject({ code: "webhook.refused" });
    // An HMAC under the empty secret can be made by anybody.
    expect(await refusal(without.receive!(webhookOf(body, { secret: "" })))).toMatchObject({ code: "webhook.refused" });
  });
});

test.each(["webhookSecret", "previousWebhookSecret", "triggerSecret", "previousTriggerSecret"])(
  "a webhook signed with %s is taken while others are configured too",
  async (field) => {
    const secrets = { webhookSecret: "a", previousWebhookSecret: "b", triggerSecret: "c", previousTriggerSecret: "d" };
    const { receive } = await openWith({ ...secrets, [field]: webhookSecret });
    await expect(receive!(webhookOf(body))).resolves.toMatchObject({ proof: { by: "signature" } });
  },
);
