import type { ActionCall, PluginHost, WebhookRequest } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import smsTwilio from "@wend/sms-twilio";
import type { FakeTwilio } from "./fake-twilio.ts";

type Input = (typeof smsTwilio)["manifest"]["actions"]["send"]["input"]["_zod"]["input"];

export const ada = "+4915112345678";
export const shop = "+14155552345";
export const deliveryId = "01900000-0000-7000-8000-000000000001";
export const accountSid = `AC${"a".repeat(32)}`;

/** Config of a connection to a fake. */
export const configOf = ({ url, accountSid, authToken }: FakeTwilio) => ({
  url,
  accountSid,
  authToken,
  senders: [shop],
});

/** Opens a connection, and gives functions that send and receive as the host would. */
export async function open(config: object, host: Partial<PluginHost> = {}) {
  const { manifest } = smsTwilio;
  const testHost = createTestHost(host);
  const connection = await smsTwilio.connect(manifest.config.parse(config), testHost);
  const send = (input: Input, overrides: Partial<ActionCall<unknown>> = {}) => {
    const call = {
      address: ada,
      idempotencyKey: "run-1:1",
      deliveryId,
      profileId: "profile-1",
      purpose: "promotional" as const,
      attempt: 1,
    };
    const { signal } = new AbortController();
    return connection.actions.send({ signal, ...call, ...overrides, input: manifest.actions.send.input.parse(input) });
  };
  const receive = (request: WebhookRequest) => connection.receive!(request);
  return { connection, send, receive, host: testHost };
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
