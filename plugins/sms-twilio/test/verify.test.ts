import fc from "fast-check";
import twilio from "twilio";
import { describe, expect, test } from "vitest";
import { accountSid, open, refusal, shop } from "./open.ts";
import type { Changes } from "./signed.ts";
import { form, json, sid, token, url } from "./signed.ts";

const delivered = { MessageStatus: "delivered", To: "+4915112345678", From: shop };
const config = { accountSid, authToken: token, senders: [shop] };
const connected = async (changes: object = {}) => (await open({ ...config, ...changes })).receive;
const refused = expect.objectContaining({ code: "webhook.refused" });

test("a genuine report is taken, with no time and a nonce of message and state", async () => {
  const receive = await connected();
  const first = await receive(form(delivered));
  expect(first.proof).toEqual({ by: "signature", signedAt: undefined, nonce: expect.any(String) });
  const nonceOf = async (fields: object) =>
    ((await receive(form({ ...delivered, ...fields }))).proof as { nonce: string }).nonce;
  expect(await nonceOf({ RawDlrDoneDate: "2601020304" })).toBe(await nonceOf({}));
  expect(await nonceOf({ MessageStatus: "sent" })).not.toBe(await nonceOf({}));
  expect(await nonceOf({ MessageSid: `SM${"c".repeat(32)}` })).not.toBe(await nonceOf({}));
});

describe("refused is a report", () => {
  const original = form(delivered);
  const bytes = Buffer.from(original.body);

  test("with one byte flipped, wherever it is", async () => {
    const receive = await connected();
    for (let index = 0; index < bytes.length; index++) {
      const body = Buffer.from(bytes);
      body[index]! ^= 1;
      expect(await refusal(receive({ ...original, body }))).toEqual(refused);
    }
  });

  const swapped = form({ ...delivered, To: "+4915112345679" }).headers.get("x-twilio-signature")!;
  test.each<[string, Changes]>([
    ["without its header", { headers: {} }],
    ["with an empty header", { headers: { "x-twilio-signature": "" } }],
    ["with two signatures", { headers: { "x-twilio-signature": `${original.headers.get("x-twilio-signature")}, x` } }],
    ["with the signature of another", { headers: { "x-twilio-signature": swapped } }],
    ["with the signature in hex", { headers: { "x-twilio-signature": "a".repeat(40) } }],
    ["signed with another token", { token: "other" }],
    ["signed with no token", { token: "" }],
    ["signed for another URL", { signedUrl: "https://wend.test/hooks/sms-twilio/2" }],
    ["signed for http", { signedUrl: url.replace("https", "http") }],
    ["with a query that was not signed", { url: `${url}?delivery=${sid}`, signedUrl: url }],
    ["that is a GET", { method: "GET" }],
    ["with a field more", { body: `${Buffer.from(original.body)}&Extra=1` }],
    ["with a field twice", { body: `${Buffer.from(original.body)}&MessageStatus=delivered` }],
    ["that is not UTF-8", { body: Buffer.from([0xff, 0xfe]) }],
    ["without a body", { body: "" }],
  ])("%s", async (_, changes) => {
    expect(await refusal((await connected())(form(delivered, changes)))).toEqual(refused);
  });

  test("of another account, however well signed", async () => {
    const request = form({ ...delivered, AccountSid: `AC${"9".repeat(32)}` });
    expect(await refusal((await connected())(request))).toEqual(refused);
  });
});

test("the order of the fields is not signed: the same fields are the same report", async () => {
  const request = form(delivered);
  const body = Buffer.from(Buffer.from(request.body).toString().split("&").reverse().join("&"));
  expect((await (await connected())({ ...request, body })).receipts).toHaveLength(1);
});

test("while tokens change places both are good, and after it the old one is not", async () => {
  const rotating = await connected({ authToken: "new-token", previousAuthToken: token });
  for (const known of [token, "new-token"]) {
    expect((await rotating(form(delivered, { token: known }))).receipts).toHaveLength(1);
  }
  const rotated = await connected({ authToken: "new-token" });
  expect(await refusal(rotated(form(delivered)))).toEqual(refused);
});

test.each([
  [url, "https://wend.test:443/hooks/sms-twilio/1"],
  ["https://wend.test:8443/hooks/sms-twilio/1?delivery=1", "https://wend.test/hooks/sms-twilio/1?delivery=1"],
  ["http://wend.test/hooks/sms-twilio/1", "http://wend.test:80/hooks/sms-twilio/1"],
])("a webhook to %s may be signed as %s", async (given, signedUrl) => {
  expect((await (await connected())(form(delivered, { url: given, signedUrl }))).receipts).toHaveLength(1);
});

describe("a webhook with JSON", () => {
  const body = JSON.stringify({ AccountSid: accountSid, MessageSid: sid, MessageStatus: "delivered", n: 1 });

  test("is taken when the URL holds the hash of its bytes", async () => {
    const { receipts } = await (await connected())(json(body));
    expect(receipts).toMatchObject([{ kind: "delivered", about: { providerId: sid } }]);
  });

  test.each<[string, Changes]>([
    ["one byte is another", { body: body.replace("delivered", "deliverec") }],
    ["it was written anew", { body: JSON.stringify(JSON.parse(body), undefined, 1) }],
    ["it is empty", { body: "" }],
    ["it is signed with another token", { token: "other" }],
    ["its hash was not signed", { url: `${url}?bodySHA256=${"0".repeat(64)}` }],
    ["there is no header", { headers: {} }],
  ])("is refused when %s", async (_, changes) => {
    expect(await refusal((await connected())(json(body, changes)))).toEqual(refused);
  });

  test.each(["", "{", "[]", "null", '"text"', "{}", '{"MessageSid":1}'])(
    "of %j is genuine and cannot be read",
    async (text) => {
      expect(await refusal((await connected())(json(text)))).toMatchObject({ code: "webhook.unreadable" });
    },
  );
});

test.each([{ MessageSid: "" }, { MessageSid: "SM1" }, { MessageSid: `CA${"b".repeat(32)}` }])(
  "a genuine webhook with %j cannot be read",
  async (fields) => {
    expect(await refusal((await connected())(form({ ...delivered, ...fields })))).toMatchObject({
      code: "webhook.unreadable",
      pointer: "/MessageSid",
    });
  },
);

describe("Twilio's own client agrees", () => {
  const taken = async (request: ReturnType<typeof form>) => {
    const error = await (await connected())(request).catch((reason: unknown) => reason as { code?: string });
    return (error as { code?: string }).code !== "webhook.refused";
  };
  const fieldName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/).filter((name) => name !== "__proto__");
  const fields = fc.dictionary(
    fieldName,
    fc.string({ unit: "grapheme" }).map((text) => text.toWellFormed()),
    {
      noNullPrototype: true,
    },
  );

  test("about forms of any fields, also with one of them changed", () =>
    fc.assert(
      fc.asyncProperty(fields, fc.boolean(), async (some, change) => {
        const all = { AccountSid: accountSid, MessageSid: sid, ...delivered, ...some, MessageStatus: "sent" };
        const account = { ...all, AccountSid: accountSid };
        const signature = twilio.getExpectedTwilioSignature(token, url, account);
        const sent = change ? { ...account, To: `${account.To}0` } : account;
        const body = Buffer.from(new URLSearchParams(sent).toString());
        const request = { ...form({}), body, headers: new Headers({ "x-twilio-signature": signature }) };
        expect(await taken(request)).toBe(twilio.validateRequest(token, signature, url, sent));
        expect(await taken(request)).toBe(!change);
      }),
      { numRuns: 200 },
    ));

  test("about JSON", async () => {
    const body = '{"MessageSid": "SM", "text": "Grüße"}';
    const genuine = json(body);
    const signature = genuine.headers.get("x-twilio-signature")!;
    for (const candidate of [body, body.replace("Gr", "gr")]) {
      const judged = twilio.validateRequestWithBody(token, signature, genuine.url, candidate);
      expect(await taken({ ...genuine, body: Buffer.from(candidate) })).toBe(judged);
      expect(judged).toBe(candidate === body);
    }
  });
});
