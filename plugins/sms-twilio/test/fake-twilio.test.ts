import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import twilio from "twilio";
import { expect, test } from "vitest";
import { startFakeTwilio } from "./fake-twilio.ts";
import { ada, shop } from "./open.ts";
import { twilioClientOf } from "./twilio-client.ts";

/** Keeps what is posted to it, and whether Twilio's own client takes it for genuine. */
async function startHook(token: string) {
  const seen: { fields: Record<string, string>; genuine: boolean }[] = [];
  const server = createServer(async (request, response) => {
    const fields = Object.fromEntries(new URLSearchParams(await text(request)));
    const signature = String(request.headers["x-twilio-signature"]);
    const url = `http://${request.headers.host}${request.url}`;
    seen.push({ fields, genuine: twilio.validateRequest(token, signature, url, fields) });
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("Twilio's own client sends to the fake, reads from it, and takes its reports for genuine", async () => {
  await using fake = await startFakeTwilio({ reports: true });
  await using hook = await startHook(fake.authToken);
  const client = twilioClientOf(fake);
  const statusCallback = `${hook.url}?delivery=1`;
  const sent = await client.messages.create({ to: ada, from: shop, body: "Grüße", statusCallback });
  expect(sent).toMatchObject({ to: ada, from: shop, body: "Grüße", status: "queued" });
  await fake.stop();
  expect(hook.seen).toMatchObject([
    { genuine: true, fields: { MessageSid: sent.sid, MessageStatus: "sent" } },
    { genuine: true, fields: { MessageSid: sent.sid, MessageStatus: "delivered" } },
  ]);
});

test("what a customer writes to the fake is genuine too", async () => {
  await using fake = await startFakeTwilio();
  await using hook = await startHook(fake.authToken);
  await fake.write(hook.url, { from: ada, to: shop, body: "STOP & so on" });
  expect(hook.seen).toMatchObject([{ genuine: true, fields: { From: ada, Body: "STOP & so on" } }]);
});

test("Twilio's own client hears the fake's refusals", async () => {
  await using fake = await startFakeTwilio({ numbers: [shop] });
  const { messages, api } = twilioClientOf(fake);
  fake.optOut(ada);
  await expect(messages.create({ to: ada, from: shop, body: "Hi" })).rejects.toMatchObject({
    code: 21610,
    status: 400,
  });
  await expect(messages.create({ to: "1", from: shop, body: "Hi" })).rejects.toMatchObject({ code: 21211 });
  await expect(messages.create({ to: `${ada}1`, from: "+1", body: "Hi" })).rejects.toMatchObject({ code: 21606 });
  expect(await messages.list({ limit: 5 })).toEqual([]);
  expect(await api.v2010.accounts(fake.accountSid).fetch()).toMatchObject({ status: "active" });
});
