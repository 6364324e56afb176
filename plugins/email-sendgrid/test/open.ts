import emailSendgrid from "@wend/email-sendgrid";
import type { ActionCall, WebhookRequest } from "@wend/plugin";
import type { TestHostParts } from "@wend/plugin/testing";
import { createTestHost } from "@wend/plugin/testing";
import type { Sendgrid } from "./fake/start-sendgrid.ts";
import { apiKey } from "./fake/start-sendgrid.ts";

export const ada = "ada@example.com";
export const deliveryId = "01980000-0000-7000-8000-000000000001";
/** The smallest input there is. */
export const hello = { subject: "Hello", text: "Hello Ada" };
export const { signal } = new AbortController();

/** Config of a connection to a fake. */
export const configOf = ({ url, webhook }: Sendgrid) => ({
  url,
  apiKey,
  from: "shop@example.com",
  publicKey: webhook.publicKey,
});

/** Opens a connection, and gives functions that send, receive and follow links as the host would. */
export async function open(config: object, host: TestHostParts = {}) {
  const { manifest } = emailSendgrid;
  const testHost = createTestHost(host);
  const connection = await emailSendgrid.connect(manifest.config.parse(config), testHost);
  const send = (input: object, overrides: Partial<ActionCall<unknown>> = {}) => {
    const call = {
      address: ada,
      idempotencyKey: "run-1:1",
      deliveryId,
      profileId: "profile-1",
      purpose: "promotional" as const,
      attempt: 1,
    };
    return connection.actions.send({ signal, ...call, ...overrides, input: manifest.actions.send.input.parse(input) });
  };
  const receive = (request: WebhookRequest) => connection.receive!(request);
  const visit = (url: string, method = "GET") => {
    const path = url.slice(testHost.links.baseUrl.length);
    return connection.serve!({ request: new Request(url, { method }), path, customer: undefined, signal });
  };
  return { connection, send, receive, visit, host: testHost };
}

/** What a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => {
      throw new Error(`accepted: ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
