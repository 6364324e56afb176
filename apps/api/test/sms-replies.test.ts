import { createHmac, randomBytes } from "node:crypto";
import type { Runtime } from "@wend/core";
import { connectRuntime, createConnection, inWorkspace, matchParked } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import type { Plugin } from "@wend/plugin";
import smsTwilio from "@wend/sms-twilio";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiServer } from "../src/index.ts";
import { serveApi } from "../src/index.ts";
import { silent } from "./harness.ts";

const accountSid = `AC${"a".repeat(32)}`;
const authToken = "twilio-token-1";
const publicUrl = () => "https://wend.test";
let db: TestStore;
let runtime: Runtime;
let server: ApiServer;
let path: string;

beforeAll(async () => {
  db = await createTestStore();
  runtime = await connectRuntime({
    databaseUrl: db.url,
    plugins: [smsTwilio as unknown as Plugin],
    secretKey: new Uint8Array(32).fill(3),
    publicUrl,
    log: silent,
  });
  server = await serveApi({ ...runtime, hooks: runtime, port: 0, host: "127.0.0.1" });
  path = await connect("sms");
});
afterAll(async () => {
  await server?.close();
  await runtime?.close();
  await db?.close();
});

async function connect(key: string): Promise<string> {
  const config = { accountSid, authToken, senders: ["+14155552345"], helpText: "Call us." };
  const connection = { key, plugin: "sms-twilio", onUnknown: "hold", config } as const;
  const { id } = await inWorkspace(db.store, db.workspace.id, (tx) => createConnection(tx, runtime, connection));
  return `/hooks/sms-twilio/${id}`;
}

/** A customer writes, and Twilio tells it; `by` signs. */
function told(From: string, Body: string, by = authToken): () => Promise<Response> {
  const MessageSid = `SM${randomBytes(16).toString("hex")}`;
  const fields = { AccountSid: accountSid, Body, From, MessageSid, SmsStatus: "received", To: "+14155552345" };
  const signed = Object.entries(fields).flat().join("");
  const signature = createHmac("sha1", by).update(`${publicUrl()}${path}${signed}`).digest("base64");
  const headers = { "x-twilio-signature": signature };
  return () => fetch(server.url + path, { method: "POST", headers, body: new URLSearchParams(fields) });
}

const reasonOf = (address: string) =>
  inWorkspace(db.store, db.workspace.id, async (tx) => {
    const [found] = await runtime.suppressions.find(tx, [{ channel: "sms", address }]);
    return found?.reason;
  });

it("a number that wrote STOP, in whatever words, is suppressed once Twilio has its answer, known or not", async () => {
  for (const [number, text] of [
    ["+4915112345671", "STOP"],
    ["+4915112345672", "please stop texting me!!"],
    ["+4915112345673", "Bitte keine SMS mehr"],
  ] as const) {
    expect(await reasonOf(number)).toBeUndefined();
    expect((await told(number, text)()).status).toBe(200);
    expect(await reasonOf(number)).toBe("unsubscribed");
  }
});

it("a number that wrote something else is not, and HELP is answered in TwiML", async () => {
  const answer = await told("+4915112345674", "bus stop at 5")();
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/xml"]);
  expect(await (await told("+4915112345674", "help")()).text()).toContain("<Message>Call us.</Message>");
  expect(await reasonOf("+4915112345674")).toBeUndefined();
});

it("a STOP that Twilio did not sign, and one that was taken before, are refused", async () => {
  expect((await told("+4915112345675", "STOP", "another")()).status).toBe(401);
  expect(await reasonOf("+4915112345675")).toBeUndefined();
  const genuine = told("+4915112345675", "STOP");
  expect([(await genuine()).status, (await genuine()).status]).toEqual([200, 401]);
});

it("START lifts what STOP has done to the number, and nothing else", async () => {
  const [stopped, bounced, listed, both] = ["+4915112345681", "+4915112345682", "+4915112345683", "+4915112345684"];
  const list = (addresses: string[], reason: string) =>
    inWorkspace(db.store, db.workspace.id, (tx) =>
      runtime.suppressions.add(
        tx,
        addresses.map((address) => ({ channel: "sms", address })),
        reason,
      ),
    );
  await list([bounced!], "bounced");
  await list([listed!], "unsubscribed");
  for (const number of [stopped!, bounced!, both!]) expect((await told(number, "STOP")()).status).toBe(200);
  await list([both!], "complained");
  expect(await reasonOf(stopped!)).toBe("unsubscribed");

  const start = told(stopped!, "Start");
  expect((await start()).status).toBe(200);
  expect(await reasonOf(stopped!)).toBeUndefined();
  for (const number of [bounced!, listed!, both!]) expect((await told(number, "START")()).status).toBe(200);
  expect(await Promise.all([bounced!, listed!, both!].map(reasonOf))).toEqual([
    "bounced",
    "unsubscribed",
    "complained",
  ]);

  expect((await told(stopped!, "stop")()).status).toBe(200);
  expect((await start()).status).toBe(401);
  // Nobody is known by the number, so that it is looked at again.
  await matchParked(runtime);
  expect(await reasonOf(stopped!)).toBe("unsubscribed");
});

it("what two connections have heard is lifted by neither's START", async () => {
  const number = "+4915112345685";
  await told(number, "STOP")();
  const first = path;
  path = await connect("another");
  await told(number, "STOP")();
  await told(number, "START")();
  path = first;
  await told(number, "START")();
  expect(await reasonOf(number)).toBe("unsubscribed");
});
