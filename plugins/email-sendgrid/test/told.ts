import { createPublicKey, generateKeyPairSync } from "node:crypto";
import type { WebhookEvent, WebhookSample, WebhookTests } from "@wend/plugin/testing";
import { signEvents, writeEvents } from "./fake/write-events.ts";
import { ada, deliveryId } from "./open.ts";

const marks = { wend_connection: "connection", wend_delivery: deliveryId, wend_key: "run-1:1" };
const idOf = ({ number }: WebhookEvent) => `c2ctZXZlbnQt${number}`;
const about = { deliveryId };

/** An event as SendGrid writes it, without what tells whose mail it was. */
export const eventOf = (told: WebhookEvent, fields: object) => ({
  email: ada,
  timestamp: told.at / 1_000,
  "smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>",
  sg_event_id: idOf(told),
  sg_message_id: "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
  ...fields,
});

const body =
  (fields: object): WebhookSample["body"] =>
  (told) =>
    writeEvents([eventOf(told, { ...marks, ...fields })]);
const said = (told: WebhookEvent) => ({ about, id: idOf(told), at: told.at });

/** What SendGrid tells: of a mail of ours, and of one that another system has sent. */
export const told: WebhookTests = {
  makeSecret: () =>
    generateKeyPairSync("ec", { namedCurve: "prime256v1" })
      .privateKey.export({ format: "pem", type: "pkcs8" })
      .toString(),
  config: (secret, previous) => ({
    apiKey: "SG.key",
    from: "shop@example.com",
    publicKey: publicKeyOf(secret),
    ...(previous !== undefined && { previousPublicKey: publicKeyOf(previous) }),
  }),
  sign: (text, { secret, at }) => ({ headers: signEvents(text, { privateKey: secret, at }), body: text }),
  signature: { header: "x-twilio-email-event-webhook-signature", byKeyPair: true },
  samples: [
    {
      name: "a mail that was delivered",
      body: body({ event: "delivered", response: "250 OK" }),
      says: (event) => ({ receipts: [{ kind: "delivered", ...said(event) }] }),
    },
    {
      name: "a bounce",
      body: body({ event: "bounce", type: "bounce", status: "5.1.1", reason: "550 5.1.1 <ada@example.com>: unknown" }),
      says: (event) => ({
        receipts: [{ kind: "bounced", bounce: "hard", ...said(event), reason: "550 5.1.1 <…>: unknown" }],
      }),
    },
    {
      name: "a mail that was dropped for an unsubscription",
      body: body({ event: "dropped", reason: "Unsubscribed Address" }),
      says: (event) => ({
        receipts: [
          { kind: "failed", ...said(event), reason: "Unsubscribed Address" },
          {
            kind: "unsubscribed",
            ...said(event),
            about: { address: ada },
            id: `${idOf(event)}:unsubscribed`,
            reason: "Unsubscribed Address",
          },
        ],
      }),
    },
    {
      name: "a click",
      body: body({ event: "click", url: "https://shop.test/", useragent: "Mozilla/5.0 (X11) Firefox/140.0" }),
      says: (event) => ({ receipts: [{ kind: "clicked", ...said(event), url: "https://shop.test/" }] }),
    },
    {
      name: "a group that was subscribed to again",
      body: body({ event: "group_resubscribe", asm_group_id: 10 }),
      says: (event) => ({ signals: [{ name: "Email Resubscribed", ...said(event), data: { group: 10 } }] }),
    },
    {
      name: "a complaint about mail of another system",
      body: (event) => writeEvents([eventOf(event, { event: "spamreport" })]),
      says: (event) => ({ receipts: [{ kind: "complained", ...said(event), about: { address: ada } }] }),
    },
    {
      name: "an event that says nothing to us",
      body: body({ event: "account_status_change", type: "compliance_suspend" }),
      says: () => ({}),
    },
  ],
};

const publicKeyOf = (secret: string): string =>
  createPublicKey(secret).export({ format: "der", type: "spki" }).toString("base64");
