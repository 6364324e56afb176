import { randomUUID } from "node:crypto";
import { Signature } from "@hubspot/api-client/lib/src/utils/signature.js";
import type { RawWebhook, WebhookEvent, WebhookSample, WebhookTests } from "@wend/plugin/testing";
import { TOKEN } from "./fake/start-hubspot.ts";

/** A webhook as HubSpot sends it, signed by HubSpot's own client. */
export function sign(body: string, { secret, at, url }: { secret: string; at: number; url: string }): RawWebhook {
  const options = { clientSecret: secret, requestBody: body, url, timestamp: at, signature: "" };
  // An empty key is none to HubSpot's client, too.
  const signature = Signature.getSignature("POST", "v3", options as never);
  return {
    headers: { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(at) },
    body,
  };
}

/** One event of a webhook. */
export function event(subscriptionType: string, fields: object): object {
  return {
    eventId: 1,
    subscriptionId: 12345,
    portalId: 62515,
    appId: 54321,
    subscriptionType,
    attemptNumber: 0,
    changeSource: "CRM",
    ...fields,
  };
}

function sample(name: string, body: (event: WebhookEvent) => object[], says: WebhookSample["says"]): WebhookSample {
  return { name, body: (told) => JSON.stringify(body(told)), says };
}

export const webhooks: WebhookTests = {
  makeSecret: () => randomUUID(),
  config: (webhookSecret, previousWebhookSecret) => ({
    token: TOKEN,
    webhookSecret,
    ...(previousWebhookSecret !== undefined && { previousWebhookSecret }),
  }),
  sign,
  signature: { header: "x-hubspot-signature-v3" },
  samples: [
    sample(
      "a contact that was changed",
      ({ number, at }) => [
        event("contact.propertyChange", {
          objectId: 500 + number,
          occurredAt: at,
          propertyName: "lifecyclestage",
          propertyValue: "customer",
        }),
      ],
      ({ number, at }) => ({
        signals: [
          {
            name: "CRM Contact Changed",
            about: { providerId: `contact:${500 + number}` },
            id: `contact:${500 + number}:lifecyclestage:${at}`,
            at,
            data: { objectId: `${500 + number}`, property: "lifecyclestage", value: "customer" },
          },
        ],
      }),
    ),
    sample(
      "a new contact and something nobody listens to",
      ({ number, at }) => [
        event("contact.creation", { objectId: 500 + number, occurredAt: at, changeFlag: "CREATED" }),
        event("company.creation", { objectId: 500 + number, occurredAt: at }),
      ],
      ({ number, at }) => ({
        signals: [
          {
            name: "CRM Contact Created",
            about: { providerId: `contact:${500 + number}` },
            id: `contact:${500 + number}:created`,
            at,
            data: { objectId: `${500 + number}` },
          },
        ],
      }),
    ),
    sample(
      "a deal of two contacts",
      ({ number, at }) => [
        event("object.propertyChange", {
          objectTypeId: "0-3",
          objectId: 90_000 + number,
          occurredAt: at,
          propertyName: "dealstage",
          propertyValue: "closedwon",
        }),
      ],
      ({ number, at }) => ({
        signals: ["501", "502"].map((contactId) => ({
          name: "CRM Deal Changed",
          about: { providerId: `contact:${contactId}` },
          id: `deal:${90_000 + number}:dealstage:${at}:${contactId}`,
          at,
          data: { objectId: `${90_000 + number}`, contactId, property: "dealstage", value: "closedwon" },
        })),
      }),
    ),
  ],
};
