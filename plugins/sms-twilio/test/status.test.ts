import { receiptSchema } from "@wend/plugin";
import smsTwilio from "@wend/sms-twilio";
import { expect, test } from "vitest";
import { deliveryErrors } from "../src/delivery-errors.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { accountSid, ada, configOf, deliveryId, open, shop } from "./open.ts";
import { form, sid, token, url } from "./signed.ts";

const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);

async function receiptsOf(fields: Readonly<Record<string, string>>, at = url) {
  const { receive } = await open({ accountSid, authToken: token, senders: [shop] }, { now });
  const { receipts = [], signals, reply } = await receive(form({ To: ada, From: shop, ...fields }, { url: at }));
  for (const receipt of receipts) {
    expect(receiptSchema.safeParse(receipt).error).toBeUndefined();
    expect(smsTwilio.manifest.events).toContain(receipt.kind);
  }
  expect(signals).toBeUndefined();
  expect(reply).toBeUndefined();
  return receipts;
}

test.each([
  ["accepted", { kind: "accepted" }],
  ["scheduled", { kind: "accepted" }],
  ["queued", { kind: "accepted" }],
  ["sending", { kind: "accepted" }],
  ["sent", { kind: "accepted" }],
  ["partially_delivered", { kind: "accepted" }],
  ["delivered", { kind: "delivered" }],
  ["read", { kind: "opened" }],
  ["undelivered", { kind: "failed", reason: "undelivered" }],
  ["failed", { kind: "failed", reason: "failed" }],
  ["canceled", { kind: "failed", reason: "canceled" }],
])("%s is %j", async (status, said) => {
  const rest = { about: { providerId: sid }, id: `${sid}:${status}`, at: now() };
  expect(await receiptsOf({ MessageStatus: status })).toEqual([{ ...said, ...rest }]);
});

test.each(["", "teleported", "constructor", "toString"])("of the state %j nothing is known", async (status) => {
  expect(await receiptsOf({ MessageStatus: status })).toEqual([]);
});

test.each(Object.entries(deliveryErrors).filter(([, fault]) => fault !== "optedOut"))(
  "ErrorCode %s is a %s bounce",
  async (code, bounce) => {
    for (const status of ["failed", "undelivered"]) {
      const [receipt, ...more] = await receiptsOf({ MessageStatus: status, ErrorCode: code });
      expect(receipt).toMatchObject({ kind: "bounced", bounce, reason: code });
      expect(more).toEqual([]);
    }
  },
);

test.each(["30001", "30002", "30007", "30008", "30034", "99999"])(
  "ErrorCode %s is no fault of the number: it failed",
  async (code) => {
    const receipts = await receiptsOf({ MessageStatus: "undelivered", ErrorCode: code });
    expect(receipts).toMatchObject([{ kind: "failed", reason: code }]);
  },
);

test.each(["constructor", "<b>", "1".repeat(600), "30005 "])("ErrorCode %j is none", async (code) => {
  const receipts = await receiptsOf({ MessageStatus: "failed", ErrorCode: code });
  expect(receipts).toMatchObject([{ kind: "failed", reason: "failed" }]);
});

test("who had told Twilio STOP is unsubscribed as well, and the delivery failed", async () => {
  expect(await receiptsOf({ MessageStatus: "failed", ErrorCode: "21610" })).toEqual([
    { kind: "failed", about: { providerId: sid }, id: `${sid}:failed`, at: now(), reason: "21610" },
    { kind: "unsubscribed", about: { address: ada }, id: `${sid}:failed:opt-out`, at: now(), reason: "21610" },
  ]);
  expect(await receiptsOf({ MessageStatus: "failed", ErrorCode: "21610", To: "whatsapp:1" })).toHaveLength(1);
});

test("a report to the URL of a delivery is about that delivery", async () => {
  const [receipt] = await receiptsOf({ MessageStatus: "sent" }, `${url}?delivery=${deliveryId}`);
  expect(receipt).toMatchObject({ kind: "accepted", about: { deliveryId } });
  const [other] = await receiptsOf({ MessageStatus: "sent" }, `${url}?delivery=no-uuid`);
  expect(other).toMatchObject({ about: { providerId: sid } });
});

test("a message whose creation was never answered is recognised by its first report", async () => {
  await using twilio = await startFakeTwilio();
  const { send, receive, host } = await open(configOf(twilio));
  await send({ text: "Hello" });
  const [message] = twilio.messages.values();
  const callback = message!.statusCallback!;
  expect(callback.startsWith(host.links.webhookUrl)).toBe(true);
  const changes = { url: callback, token: twilio.authToken };
  const fields = { AccountSid: twilio.accountSid, MessageSid: message!.sid, MessageStatus: "queued" };
  expect((await receive(form(fields, changes))).receipts).toMatchObject([{ kind: "accepted", about: { deliveryId } }]);
});
