import { receiptSchema } from "@wend/plugin";
import smsTwilio from "@wend/sms-twilio";
import { expect, test } from "vitest";
import { accountSid, ada, open, shop } from "./open.ts";
import { form, sid, token } from "./signed.ts";

const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const about = { address: ada };
const silent = { contentType: "text/xml", body: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>' };

async function heard(Body: string, { config = {}, fields = {} }: { config?: object; fields?: object } = {}) {
  const connection = { accountSid, authToken: token, senders: [shop], ...config };
  const { receive } = await open(connection, { now: () => at });
  const { proof: _, ...facts } = await receive(form({ From: ada, To: shop, Body, SmsStatus: "received", ...fields }));
  for (const receipt of facts.receipts ?? []) expect(receiptSchema.safeParse(receipt).error).toBeUndefined();
  for (const { name, data } of facts.signals ?? []) {
    expect(smsTwilio.manifest.signals?.[name]?.data.safeParse(data).error).toBeUndefined();
  }
  return facts;
}

test.each(["STOP", "please stop texting me", "Bitte keine SMS mehr", "no más mensajes"])(
  "%j unsubscribes the address, and is answered with nothing",
  async (text) => {
    const receipts = [{ kind: "unsubscribed", about, id: sid, at, reason: "STOP" }];
    expect(await heard(text)).toEqual({ receipts, reply: silent });
  },
);

test.each(["Where is my order?", "bus stop at 5", "👍"])("%j is a reply", async (text) => {
  expect(await heard(text)).toEqual({ receipts: [{ kind: "replied", about, id: sid, at, text }], reply: silent });
});

test("a picture alone is a reply without text", async () => {
  const facts = await heard("", { fields: { NumMedia: "1", MediaUrl0: "https://api.twilio.com/1" } });
  expect(facts.receipts).toEqual([{ kind: "replied", about, id: sid, at }]);
});

test("START is a reply and a signal about the number", async () => {
  const { receipts, signals, reply } = await heard("Start");
  expect(receipts).toMatchObject([{ kind: "replied", text: "Start" }]);
  const data = { text: "Start", to: shop };
  expect(signals).toEqual([
    { name: "SMS Opted In", about: { address: ada, kind: "phone" }, id: `${sid}:start`, at, data },
  ]);
  expect(reply).toEqual(silent);
});

test("HELP is a reply and a signal, and is answered with what the operator wrote", async () => {
  const { receipts, signals, reply } = await heard("HELP", { config: { helpText: 'Shop & Co <help> "1"' } });
  expect(receipts).toHaveLength(1);
  expect(signals).toMatchObject([{ name: "SMS Help Requested", about: { address: ada, kind: "phone" } }]);
  expect(reply).toEqual({
    contentType: "text/xml",
    body: '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Shop &amp; Co &lt;help&gt; "1"</Message></Response>',
  });
});

test("without a help text HELP is answered with nothing", async () => {
  expect((await heard("HELP")).reply).toEqual(silent);
});

test.each([
  ["STOP", "unsubscribed", []],
  ["START", "replied", ["SMS Opted In"]],
  ["HELP", "replied", ["SMS Help Requested"]],
  ["stop", "unsubscribed", []],
])("what Twilio itself has understood as %s counts, and has been answered", async (optOutType, kind, names) => {
  const config = { helpText: "Call us" };
  const { receipts, signals = [], reply } = await heard("NIX", { config, fields: { OptOutType: optOutType } });
  expect(receipts).toMatchObject([{ kind }]);
  expect(signals.map(({ name }) => name)).toEqual(names);
  expect(reply).toEqual(silent);
});

test.each(["12345", "TheShop", "whatsapp:+4915112345678", "", "+49151 123"])(
  "who writes as %j is nobody whom we write to",
  async (From) => {
    expect(await heard("STOP", { fields: { From } })).toEqual({ reply: silent });
  },
);

test("what no store can keep is left out of a reply, and hides no STOP", async () => {
  expect((await heard("a\0b")).receipts).toMatchObject([{ kind: "replied", text: "ab" }]);
  expect((await heard("STOP\0")).receipts).toMatchObject([{ kind: "unsubscribed" }]);
});
