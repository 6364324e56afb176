import { expect, test } from "vitest";
import type { Sendgrid } from "./fake/start-sendgrid.ts";
import { startSendgrid } from "./fake/start-sendgrid.ts";
import { signEvents, writeEvents } from "./fake/write-events.ts";
import { ada, configOf, deliveryId, hello, open, refusal, signal } from "./open.ts";

async function tell(sendgrid: Sendgrid, events: readonly object[]) {
  const { receive, host } = await open(configOf(sendgrid));
  const body = writeEvents(events);
  const headers = new Headers(signEvents(body, { privateKey: sendgrid.webhook.privateKey, at: sendgrid.now() }));
  const { receipts = [] } = await receive({
    method: "POST",
    url: host.links.webhookUrl,
    headers,
    body: Buffer.from(body),
    signal,
  });
  return receipts;
}

test("a mail whose answer was lost is recognised by its first event", async () => {
  await using sendgrid = await startSendgrid();
  sendgrid.mode = "drop";
  const { send } = await open(configOf(sendgrid));
  expect(await refusal(send(hello))).toMatchObject({ code: "provider.unknown_outcome" });
  const [mail] = sendgrid.mails.values();
  expect(await tell(sendgrid, sendgrid.fate(mail!))).toMatchObject([
    { kind: "accepted", about: { deliveryId } },
    { kind: "delivered", about: { deliveryId } },
  ]);
});

test.each([
  [{ event: "bounce", type: "bounce", reason: "550 unknown" }, "bounced", [{ kind: "bounced", bounce: "hard" }]],
  [{ event: "spamreport" }, "complained", [{ kind: "failed" }, { kind: "complained", about: { address: ada } }]],
  [{ event: "unsubscribe" }, "unsubscribed", [{ kind: "failed" }, { kind: "unsubscribed", about: { address: ada } }]],
])("after %j the next mail is dropped, and that says it again", async (event, kind, then) => {
  await using sendgrid = await startSendgrid();
  const { send } = await open(configOf(sendgrid));
  await send(hello);
  await send(hello, { idempotencyKey: "run-1:2" });
  const [first, second] = sendgrid.mails.values();
  expect(await tell(sendgrid, sendgrid.tell(first!, event))).toMatchObject([{ kind }]);
  expect(await tell(sendgrid, sendgrid.fate(second!))).toMatchObject(then);
});
