import { createHash, createHmac, randomUUID } from "node:crypto";
import type { WebhookRequest } from "@wend/plugin";
import { describe, expect, test } from "vitest";
import { decodeUri } from "../src/receive/decode-uri.ts";
import { startHubspot } from "./fake/start-hubspot.ts";
import { open, refusal, signal } from "./open.ts";
import { event, sign } from "./webhooks.ts";

const secret = randomUUID();
const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const url = "https://wend.test/hooks/crm-hubspot/0199";
const changed = (fields: object = {}) =>
  event("contact.propertyChange", {
    objectId: 501,
    occurredAt: AT,
    propertyName: "lifecyclestage",
    propertyValue: "customer",
    ...fields,
  });

function request(events: unknown, overrides: Partial<WebhookRequest> = {}): WebhookRequest {
  const { headers, body } = sign(JSON.stringify(events), { secret, at: AT, url: overrides.url ?? url });
  return { method: "POST", url, headers: new Headers(headers), body: Buffer.from(body), signal, ...overrides };
}

async function receiver(apiUrl: string, config: object = {}) {
  const { connection, host } = await open(apiUrl, { webhookSecret: secret, ...config });
  return { host, receive: (webhook: WebhookRequest) => connection.receive!(webhook) };
}

describe("the signature", () => {
  test("covers the method and the URI", async () => {
    const { receive } = await receiver("https://x.test");
    expect(await refusal(receive(request([], { method: "PUT" })))).toMatchObject({ code: "webhook.refused" });
    const elsewhere = { ...request([]), url: `${url}?x=1` };
    expect(await refusal(receive(elsewhere))).toMatchObject({ code: "webhook.refused" });
    expect(await receive(request([]))).toMatchObject({ proof: { by: "signature", signedAt: AT }, signals: [] });
  });

  test("is made over the URI as HubSpot decodes it", async () => {
    const { receive } = await receiver("https://x.test");
    const written = `${url}?to=https%3A%2F%2Fa.test&name=O%27Hara%20%26%20co`;
    const body = "[]";
    const source = `POST${url}?to=https://a.test&name=O'Hara%20%26%20co${body}${AT}`;
    const headers = new Headers({
      "x-hubspot-signature-v3": createHmac("sha256", secret).update(source).digest("base64"),
      "x-hubspot-request-timestamp": String(AT),
    });
    const webhook = { method: "POST", url: written, headers, body: Buffer.from(body), signal };
    expect(await receive(webhook)).toMatchObject({ signals: [] });
  });

  test.each([
    ["%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B", ":/?@!$'()*,;"],
    ["%3a%2f", ":/"],
    ["%20%26%3D%23%25%2B%C3%BC", "%20%26%3D%23%25%2B%C3%BC"],
    ["%253A", "%253A"],
    ["100%", "100%"],
  ])("a URI with %s is signed as %s", (written, signed) => {
    expect(decodeUri(written)).toBe(signed);
  });

  test("of version 1 or 2 is refused, however genuine it is", async () => {
    const { receive } = await receiver("https://x.test");
    const body = "[]";
    const sha = (source: string) => createHash("sha256").update(source).digest("hex");
    for (const [version, signature] of [
      ["v1", sha(secret + body)],
      ["v2", sha(`${secret}POST${url}${body}`)],
    ] as const) {
      const old = {
        "x-hubspot-signature": signature,
        "x-hubspot-signature-version": version,
        "x-hubspot-request-timestamp": String(AT),
      };
      expect(await refusal(receive(request([], { headers: new Headers(old) })))).toMatchObject({
        code: "webhook.refused",
      });
      const moved = new Headers({ ...old, "x-hubspot-signature-v3": signature });
      expect(await refusal(receive(request([], { headers: moved })))).toMatchObject({ code: "webhook.refused" });
    }
  });

  test("of a connection without a secret is refused", async () => {
    const { receive } = await receiver("https://x.test", { webhookSecret: undefined });
    expect(await refusal(receive(request([])))).toMatchObject({ code: "webhook.refused" });
  });

  test("of a time in the future is handed to the host, which refuses it", async () => {
    const { receive } = await receiver("https://x.test");
    const later = AT + 3_600_000;
    const { headers, body } = sign("[]", { secret, at: later, url });
    const { proof } = await receive(request([], { headers: new Headers(headers), body: Buffer.from(body) }));
    expect(proof).toMatchObject({ signedAt: later });
  });
});

test("an event that cannot be read costs none of the others", async () => {
  const { receive, host } = await receiver("https://x.test");
  const strange = [null, 7, { objectId: {} }, changed({ propertyName: undefined }), changed({ occurredAt: "soon" })];
  const { signals } = await receive(request([...strange, changed()]));
  expect(signals).toMatchObject([{ id: `contact:501:lifecyclestage:${AT}` }]);
  expect(host.lines).toMatchObject([{ level: "warn", fields: { unreadable: 5 } }]);
});

test("what HubSpot tells twice in one request is one fact, and facts come in the order of time", async () => {
  const { receive } = await receiver("https://x.test");
  const events = [changed({ attemptNumber: 1 }), changed(), changed({ occurredAt: AT - 1, propertyValue: "lead" })];
  const { signals = [] } = await receive(request(events));
  expect(signals.map(({ data }) => data)).toMatchObject([{ value: "lead" }, { value: "customer" }]);
});

test.each([
  [null, ""],
  ["", ""],
  [7, "7"],
  ["x".repeat(9_000), "x".repeat(8_000)],
  [`${"x".repeat(7_999)}😀`, "x".repeat(7_999)],
  ["a\0b", "a\ufffdb"],
])("a value of %j", async (propertyValue, value) => {
  const { receive } = await receiver("https://x.test");
  const { signals = [] } = await receive(request([changed({ propertyValue })]));
  expect(signals[0]?.data).toMatchObject({ value });
});

test("events of another account are left out where the connection names its own", async () => {
  const { receive } = await receiver("https://x.test", { portalId: "62515" });
  const { signals } = await receive(request([changed(), changed({ portalId: 1, objectId: 502 })]));
  expect(signals).toMatchObject([{ data: { objectId: "501" } }]);
});

test("a contact is known by your user id where a property holds it", async () => {
  await using hubspot = await startHubspot();
  const { contacts } = hubspot.tables;
  contacts!.create({ user_id: "u-1" }, AT);
  contacts!.create({ email: "grace@example.test" }, AT);
  contacts!.create({ user_id: "u".repeat(257) }, AT);
  const { receive } = await receiver(hubspot.url, { userIdProperty: "user_id" });
  const { signals = [] } = await receive(request([501, 502, 503, 504].map((objectId) => changed({ objectId }))));
  expect(signals.map(({ about }) => about)).toEqual([
    { userId: "u-1" },
    { providerId: "contact:502" },
    { providerId: "contact:503" },
    { providerId: "contact:504" },
  ]);
  expect(hubspot.asked).toHaveLength(1);
});

test("a deal is about each of its contacts, asked for in one request; about nobody without one", async () => {
  await using hubspot = await startHubspot();
  const { deals } = hubspot.tables;
  for (const contacts of [["501", "502"], [], ["501"]]) {
    deals!.create({}, AT).associations.push(...contacts.map((to) => ({ to, typeId: 3 })));
  }
  const { receive } = await receiver(hubspot.url);
  const events = [90_001, 90_002, 90_003, 90_003].map((objectId) =>
    event("deal.creation", { objectId, occurredAt: AT }),
  );
  const { signals = [] } = await receive(request(events));
  expect(signals.map(({ id }) => id)).toEqual([
    "deal:90001:created:501",
    "deal:90001:created:502",
    "deal:90003:created:501",
  ]);
  expect(hubspot.asked.map(({ body }) => body)).toEqual([
    { inputs: [{ id: "90001" }, { id: "90002" }, { id: "90003" }] },
  ]);
});

test("while HubSpot cannot say whose deal it is, the webhook is not taken, and comes again", async () => {
  await using hubspot = await startHubspot();
  hubspot.mode = "unavailable";
  const { receive } = await receiver(hubspot.url);
  const webhook = request([event("deal.creation", { objectId: 90_001, occurredAt: AT })]);
  expect(await refusal(receive(webhook))).toMatchObject({ code: "provider.unavailable", status: 502 });
});
