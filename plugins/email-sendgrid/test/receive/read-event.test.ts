import emailSendgrid from "@wend/email-sendgrid";
import { receiptSchema } from "@wend/plugin";
import { describe, expect, test } from "vitest";
import { dropReasons } from "../../src/receive/drop-reasons.ts";
import { bounceClassifications } from "../../src/receive/judge-bounce.ts";
import { makeKeys, signEvents, writeEvents } from "../fake/write-events.ts";
import { ada, deliveryId, open, signal } from "../open.ts";
import { eventOf } from "../told.ts";

const keys = makeKeys();
const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const ours = { wend_connection: "connection", wend_delivery: deliveryId, wend_key: "run-1:1" };
const event = (fields: object, number = 1) => eventOf({ number, at }, fields);

async function read(events: readonly unknown[]) {
  const config = { apiKey: "SG.key", from: "shop@example.com", publicKey: keys.publicKey };
  const { receive, host } = await open(config);
  const body = writeEvents(events as object[]);
  const headers = new Headers(signEvents(body, { privateKey: keys.privateKey, at }));
  const webhook = { method: "POST", url: host.links.webhookUrl, headers, body: Buffer.from(body), signal };
  const { receipts = [], signals = [] } = await receive(webhook);
  for (const receipt of receipts) {
    expect(receiptSchema.safeParse(receipt).error).toBeUndefined();
    expect(emailSendgrid.manifest.events).toContain(receipt.kind);
  }
  return { receipts, signals, lines: host.lines };
}

const said = { about: { deliveryId }, id: "c2ctZXZlbnQt1", at };

describe("an event of our mail", () => {
  test.each([
    [{ event: "processed" }, { kind: "accepted" }],
    [
      { event: "deferred", response: "400 try again later" },
      { kind: "deferred", reason: "400 try again later" },
    ],
    [{ event: "delivered", response: "250 OK" }, { kind: "delivered" }],
    [{ event: "open", sg_machine_open: false }, { kind: "opened" }],
    [
      { event: "open", sg_machine_open: true },
      { kind: "opened", machine: true },
    ],
    [{ event: "open", useragent: "Mozilla/5.0 (via ggpht.com GoogleImageProxy)" }, { kind: "opened" }],
    [
      { event: "open", useragent: "Mozilla/5.0" },
      { kind: "opened", machine: true },
    ],
    [
      { event: "click", url: "https://a.test/" },
      { kind: "clicked", url: "https://a.test/" },
    ],
    [
      { event: "click", useragent: "Barracuda Sentinel" },
      { kind: "clicked", machine: true },
    ],
    [{ event: "spamreport" }, { kind: "complained" }],
    [{ event: "unsubscribe" }, { kind: "unsubscribed" }],
    [{ event: "group_unsubscribe", asm_group_id: 10 }, { kind: "unsubscribed" }],
    [
      { event: "bounce", type: "bounce", status: "5.0.0" },
      { kind: "bounced", bounce: "hard", reason: "5.0.0" },
    ],
    [
      { event: "bounce", type: "blocked", reason: "spam" },
      { kind: "bounced", bounce: "soft", reason: "spam" },
    ],
    [
      { event: "bounce", type: "blocked", bounce_classification: "Invalid Address" },
      { kind: "bounced", bounce: "soft" },
    ],
    [{ event: "bounce" }, { kind: "bounced", bounce: "soft" }],
    [
      { event: "dropped", reason: "Spam Content" },
      { kind: "failed", reason: "Spam Content" },
    ],
    [{ event: "dropped" }, { kind: "failed" }],
  ])("%j is %j", async (fields, expected) => {
    expect((await read([event({ ...ours, ...fields })])).receipts).toEqual([{ ...expected, ...said }]);
  });

  test.each(Object.entries(bounceClassifications))("that is a bounce of %j is %s", async (classification, bounce) => {
    const fields = { event: "bounce", type: "bounce", bounce_classification: classification };
    expect((await read([event({ ...ours, ...fields })])).receipts).toMatchObject([{ kind: "bounced", bounce }]);
  });

  test.each([
    [undefined, "hard"],
    ["", "hard"],
    ["constructor", "soft"],
    ["Something New", "soft"],
  ])("that is a bounce of %j, which is no classification that is known, is %s", async (classification, bounce) => {
    const fields = { event: "bounce", type: "bounce", bounce_classification: classification };
    expect((await read([event({ ...ours, ...fields })])).receipts).toMatchObject([{ kind: "bounced", bounce }]);
  });

  test.each(Object.entries(dropReasons))("that was dropped for %j shows that the address %s", async (reason, shows) => {
    const { receipts } = await read([event({ ...ours, event: "dropped", reason })]);
    const about = { address: ada };
    expect(receipts).toEqual(
      shows === "bounced"
        ? [{ kind: "bounced", bounce: "hard", ...said, reason }]
        : [
            { kind: "failed", ...said, reason },
            { kind: shows, ...said, about, id: `${said.id}:${shows}`, reason },
          ],
    );
  });

  test("that subscribes to a group again is a signal, and gives no permission", async () => {
    const { receipts, signals } = await read([event({ ...ours, event: "group_resubscribe", asm_group_id: 10 })]);
    expect(receipts).toEqual([]);
    expect(signals).toEqual([{ name: "Email Resubscribed", ...said, data: { group: 10 } }]);
  });

  test.each(["teleported", "constructor", "toString", ""])("of the kind %j says nothing", async (kind) => {
    expect(await read([event({ ...ours, event: kind })])).toMatchObject({ receipts: [], signals: [], lines: [] });
  });

  test("without SendGrid's id has one made of what it says", async () => {
    const bare = { ...event({ ...ours, event: "delivered" }), sg_event_id: undefined };
    const [first, again, other] = (await read([bare, bare, { ...bare, timestamp: 7 }])).receipts;
    expect(first?.id).toBe(again?.id);
    expect(first?.id).not.toBe(other?.id);
  });
});

describe.each([
  ["another system", {}],
  ["another connection", { ...ours, wend_connection: "another" }],
  ["nobody who can be", { ...ours, wend_delivery: "no-uuid" }],
])("an event of mail of %s", (_, marks) => {
  test.each([
    [
      { event: "bounce", type: "bounce" },
      { kind: "bounced", bounce: "hard" },
    ],
    [
      { event: "dropped", reason: "Bounced Address" },
      { kind: "bounced", bounce: "hard", reason: "Bounced Address" },
    ],
    [{ event: "spamreport" }, { kind: "complained" }],
    [{ event: "unsubscribe" }, { kind: "unsubscribed" }],
  ])("%j is about the address", async (fields, expected) => {
    const { receipts } = await read([event({ ...marks, ...fields })]);
    expect(receipts).toEqual([{ ...expected, ...said, about: { address: ada } }]);
  });

  test.each([
    { event: "processed" },
    { event: "delivered" },
    { event: "open" },
    { event: "click" },
    { event: "bounce", type: "blocked" },
    { event: "group_unsubscribe", asm_group_id: 10 },
    { event: "group_resubscribe", asm_group_id: 10 },
    { event: "unsubscribe", email: "" },
  ])("%j says nothing", async (fields) => {
    expect(await read([event({ ...marks, ...fields })])).toMatchObject({ receipts: [], signals: [] });
  });
});

test("an event that cannot be read costs none of the others", async () => {
  const strange = [null, 7, [], {}, event({ event: 1 }), event({ event: "open", timestamp: "soon" })];
  const { receipts, lines } = await read([...strange, event({ ...ours, event: "delivered" })]);
  expect(receipts).toEqual([{ kind: "delivered", ...said }]);
  expect(lines).toMatchObject([{ level: "warn", fields: { unreadable: 6 } }]);
});

test("as many events as SendGrid posts at once are read", async () => {
  const one = event({ ...ours, event: "delivered" });
  const count = Math.floor(768_000 / JSON.stringify(one).length);
  const { receipts } = await read(Array.from({ length: count }, (_, n) => ({ ...one, sg_event_id: `e${n}` })));
  expect(receipts).toHaveLength(count);
});
