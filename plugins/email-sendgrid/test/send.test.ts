import { describe, expect, test } from "vitest";
import { startSendgrid } from "./fake/start-sendgrid.ts";
import { ada, configOf, deliveryId, hello, open, refusal } from "./open.ts";

const png = new Uint8Array(Buffer.from("iVBORw0KGgo=", "base64"));
const stored = {
  b1: { name: "Rechnung März.pdf", contentType: "application/pdf", bytes: new Uint8Array(Buffer.from("%PDF-1.7")) },
  b2: { name: "logo.png", contentType: "image/png", bytes: png },
  big: { name: "big.bin", contentType: "application/octet-stream", bytes: new Uint8Array(8_000_000) },
};

test("a mail goes to exactly one address, marked with its delivery, and has SendGrid's own id", async () => {
  await using sendgrid = await startSendgrid();
  const { send } = await open({ ...configOf(sendgrid), fromName: "The Shop", replyTo: "help@example.com" });
  const sent = await send({ subject: "Grüße", text: "Hello Ada", html: "<p>Hello Ada</p>" }, { purpose: "mandatory" });
  const [mail, ...more] = sendgrid.mails.values();
  expect(more).toEqual([]);
  expect(sent).toEqual({ providerId: mail!.id, output: { messageId: mail!.id } });
  expect(mail!.posted).toEqual({
    personalizations: [
      {
        to: [{ email: ada }],
        custom_args: { wend_connection: "connection", wend_delivery: deliveryId, wend_key: "run-1:1" },
      },
    ],
    from: { email: "shop@example.com", name: "The Shop" },
    reply_to: { email: "help@example.com" },
    subject: "Grüße",
    content: [
      { type: "text/plain", value: "Hello Ada" },
      { type: "text/html", value: "<p>Hello Ada</p>" },
    ],
    headers: { "Message-ID": expect.stringMatching(/^<[0-9a-f]{32}@example\.com>$/) },
    tracking_settings: {
      click_tracking: { enable: false, enable_text: false },
      open_tracking: { enable: false },
      subscription_tracking: { enable: false },
    },
  });
});

test("what SendGrid can know a mail by is the same on every attempt", async () => {
  await using sendgrid = await startSendgrid();
  const { send } = await open(configOf(sendgrid));
  await send(hello, { attempt: 1 });
  await send(hello, { attempt: 2 });
  await send(hello, { idempotencyKey: "run-1:2" });
  const ids = sendgrid.posted.map(({ headers }) => headers?.["Message-ID"]);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

describe("promotional mail", () => {
  test("can be left with one click, by a link that only the host can have made and the connection answers", async () => {
    await using sendgrid = await startSendgrid();
    const { send, visit } = await open(configOf(sendgrid));
    await send({ ...hello, text: "Leave: wend:unsubscribe" });
    const { headers = {}, content } = sendgrid.posted[0]!;
    expect(headers).toMatchObject({
      "List-Id": "<list.example.com>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    const url = headers["List-Unsubscribe"]!.slice(1, -1);
    expect(content[0]?.value).toBe(`Leave: ${url}`);
    expect(await visit(url)).not.toHaveProperty("receipts");
    expect((await visit(url, "POST")).receipts).toMatchObject([{ kind: "unsubscribed", about: { deliveryId } }]);
    expect((await visit(`${url}x`, "POST")).response.status).toBe(400);
  });

  test("keeps its link to unsubscribe, and what the author says, away from SendGrid's tracking", async () => {
    await using sendgrid = await startSendgrid();
    const { send } = await open({ ...configOf(sendgrid), trackClicks: true, trackOpens: true });
    const html =
      '<a href="https://shop.test/">x</a><a href="https://a.test/" data-wend-track=off>y</a><a href="wend:unsubscribe">z</a>';
    await send({ subject: "Hello", html });
    const { content, tracking_settings } = sendgrid.posted[0]!;
    expect(tracking_settings).toMatchObject({ click_tracking: { enable: true }, open_tracking: { enable: true } });
    expect(content[0]?.value).toMatch(
      /^<a href="https:\/\/shop\.test\/">x<\/a><a clicktracking=off href="https:\/\/a\.test\/" data-wend-track=off>y<\/a><a clicktracking=off href="https:\/\/wend\.test\/c\/connection\/u\/[\w.-]+">z<\/a>$/,
    );
  });
});

describe("attachments", () => {
  test("are sent along, and images of the HTML by their content id", async () => {
    await using sendgrid = await startSendgrid();
    const { send } = await open(configOf(sendgrid), { stored });
    const attachments = [{ blob: "b1" }, { blob: "b2", cid: "logo", name: "brand.png" }];
    await send({ subject: "Your order", html: '<img src="cid:logo" alt="">', attachments });
    expect(sendgrid.posted[0]?.attachments).toEqual([
      {
        content: Buffer.from("%PDF-1.7").toString("base64"),
        filename: "Rechnung März.pdf",
        type: "application/pdf",
        disposition: "attachment",
      },
      {
        content: Buffer.from(png).toString("base64"),
        filename: "brand.png",
        type: "image/png",
        disposition: "inline",
        content_id: "logo",
      },
    ]);
  });

  test.each([
    [[{ blob: "nope" }], "blob.not_found"],
    [[{ blob: "big" }, { blob: "big" }], "blob.too_large"],
  ])("%j are refused before SendGrid is called: %s", async (attachments, code) => {
    await using sendgrid = await startSendgrid();
    const { send } = await open(configOf(sendgrid), { stored });
    expect(await refusal(send({ ...hello, attachments }))).toMatchObject({ code, retry: "never" });
    expect(sendgrid.posted).toEqual([]);
  });
});

test.each(["v@x.test, e@y.test", "v@x.test\r\nBcc: e@y.test", "Ada <ada@example.com>", "", undefined])(
  "the address %j is refused before SendGrid is called",
  async (address) => {
    await using sendgrid = await startSendgrid();
    const { send } = await open(configOf(sendgrid));
    expect(await refusal(send(hello, { address }))).toMatchObject({ code: "address.invalid", retry: "never" });
    expect(sendgrid.posted).toEqual([]);
  },
);

test("in sandbox mode SendGrid checks a mail and sends none", async () => {
  await using sendgrid = await startSendgrid();
  const { send } = await open({ ...configOf(sendgrid), sandboxMode: true });
  expect(await send(hello)).toEqual({ output: { messageId: null } });
  expect(sendgrid.posted[0]?.mail_settings).toEqual({ sandbox_mode: { enable: true } });
  expect(sendgrid.mails.size).toBe(0);
});

test("a header that SendGrid keeps to itself fails the mail, and its name is told", async () => {
  await using sendgrid = await startSendgrid();
  const { send } = await open(configOf(sendgrid));
  const error = await refusal(send({ ...hello, headers: { "X-SG-EID": "x" } }));
  expect(error).toMatchObject({
    code: "provider.rejected",
    detail: "HTTP 400: SendGrid does not take the mail as it is. Field: headers.",
  });
});
