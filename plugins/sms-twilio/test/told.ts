import { createHash, randomBytes } from "node:crypto";
import type { WebhookEvent, WebhookSample, WebhookTests } from "@wend/plugin/testing";
import { signForm } from "./fake/sign-form.ts";
import { accountSid, ada, shop } from "./open.ts";

/** Twilio says no time: what it tells happened when it came. */
export const toldAt = Date.UTC(2026, 0, 2, 3, 4, 5);

const sidOf = ({ number }: WebhookEvent) => `SM${number.toString(16).padStart(32, "0")}`;
const fieldsOf = (event: WebhookEvent, fields: object) => ({
  AccountSid: accountSid,
  MessageSid: sidOf(event),
  ...fields,
});

const report = { MessageStatus: "delivered", To: ada, From: shop };
const delivered: WebhookSample["says"] = (event) => {
  const sid = sidOf(event);
  return { receipts: [{ kind: "delivered", about: { providerId: sid }, id: `${sid}:delivered`, at: toldAt }] };
};

const written = (Body: string): WebhookSample["body"] => {
  const said = { Body, From: ada, To: shop, SmsStatus: "received" };
  return (event) => new URLSearchParams(fieldsOf(event, said)).toString();
};
const about = { address: ada };

/** What Twilio tells: reports of messages, as a form and as JSON, and what a customer writes. */
export const told: WebhookTests = {
  makeSecret: () => randomBytes(16).toString("hex"),
  config: (authToken, previousAuthToken) => ({
    accountSid,
    authToken,
    senders: [shop],
    ...(previousAuthToken !== undefined && { previousAuthToken }),
  }),
  sign: (body, { secret, url }) => {
    const isJson = body.startsWith("{");
    const signedUrl = isJson ? `${url}?bodySHA256=${createHash("sha256").update(body).digest("hex")}` : url;
    const fields = isJson ? {} : Object.fromEntries(new URLSearchParams(body));
    const contentType = isJson ? "application/json" : "application/x-www-form-urlencoded";
    const signature = signForm(secret, signedUrl, fields);
    return { url: signedUrl, headers: { "content-type": contentType, "x-twilio-signature": signature }, body };
  },
  signature: { header: "x-twilio-signature", coversTime: false },
  samples: [
    {
      name: "a report",
      body: (event) => new URLSearchParams(fieldsOf(event, report)).toString(),
      says: delivered,
    },
    { name: "a report in JSON", body: (event) => JSON.stringify(fieldsOf(event, report)), says: delivered },
    {
      name: "a STOP",
      body: written("Please STOP texting me!"),
      says: (event) => ({
        receipts: [{ kind: "unsubscribed", about, id: sidOf(event), at: toldAt, reason: "STOP" }],
      }),
    },
    {
      name: "a HELP",
      body: written("Help"),
      says: (event) => ({
        receipts: [{ kind: "replied", about, id: sidOf(event), at: toldAt, text: "Help" }],
        signals: [
          {
            name: "SMS Help Requested",
            about: { address: ada, kind: "phone" },
            id: `${sidOf(event)}:help`,
            at: toldAt,
            data: { text: "Help", to: shop },
          },
        ],
      }),
    },
  ],
};
