import client from "@sendgrid/client";
import mails from "@sendgrid/mail";
import { expect, test } from "vitest";
import type { Sendgrid } from "./fake/start-sendgrid.ts";
import { apiKey, startSendgrid } from "./fake/start-sendgrid.ts";
import { ada, configOf, deliveryId, open } from "./open.ts";

const bytes = new Uint8Array(Buffer.from("%PDF-1.7"));
const stored = {
  b1: { name: "bill.pdf", contentType: "application/pdf", bytes },
  b2: { name: "logo.png", contentType: "image/png", bytes },
};

/** SendGrid's own client, which writes the same mail by what its methods are called. */
function clientOf({ url }: Sendgrid): typeof mails {
  client.setApiKey(apiKey);
  client.setDefaultRequest("baseUrl", url);
  mails.setClient(client);
  return mails;
}

test("SendGrid's own client writes the same mail, and gets the same answer", async () => {
  await using sendgrid = await startSendgrid();
  const config = { fromName: "The Shop", replyTo: "help@example.com", trackOpens: true, trackClicks: true };
  const { send } = await open({ ...configOf(sendgrid), ...config }, { stored });
  const input = { subject: "Grüße", text: "Hello", html: '<p>Hello <img src="cid:logo"></p>' };
  const sent = await send({ ...input, attachments: [{ blob: "b1" }, { blob: "b2", cid: "logo" }] });
  const [ours] = sendgrid.posted;

  const content = Buffer.from(bytes).toString("base64");
  // Its types ask for contentId, and what is given goes out as it is.
  const logo = { content, filename: "logo.png", type: "image/png", disposition: "inline", content_id: "logo" };
  const [response] = await clientOf(sendgrid).send({
    personalizations: [
      { to: ada, customArgs: { wend_connection: "connection", wend_delivery: deliveryId, wend_key: "run-1:1" } },
    ],
    from: { email: "shop@example.com", name: "The Shop" },
    replyTo: "help@example.com",
    ...input,
    headers: ours?.headers ?? {},
    attachments: [{ content, filename: "bill.pdf", type: "application/pdf", disposition: "attachment" }, logo],
    trackingSettings: {
      clickTracking: { enable: true, enableText: false },
      openTracking: { enable: true },
      subscriptionTracking: { enable: false },
    },
  });
  const theirs = sendgrid.posted[1];
  expect(theirs).toEqual(ours);
  expect(response.statusCode).toBe(202);
  expect(String(response.headers["x-message-id"])).toHaveLength(sent.providerId!.length);
  expect([...sendgrid.mails.keys()]).toContain(response.headers["x-message-id"]);
});

test("what the stand-in refuses, SendGrid's own client reads as SendGrid's refusal", async () => {
  await using sendgrid = await startSendgrid();
  const mail = { to: "nobody", from: "shop@example.com", subject: "Hello", text: "Hello" };
  await expect(clientOf(sendgrid).send(mail)).rejects.toMatchObject({
    code: 400,
    response: { body: { errors: [{ field: "personalizations.0.to.0.email", help: expect.any(String) }] } },
  });
});
