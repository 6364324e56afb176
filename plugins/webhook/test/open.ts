import type { ActionCall, PluginHost } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import webhook from "@wend/webhook";

type Input = (typeof webhook)["manifest"]["actions"]["post"]["input"]["_zod"]["input"];

/** Opens a connection and returns a function that posts as the host would. */
export async function open(config: object, host: Partial<PluginHost> = {}) {
  const connection = await webhook.connect(webhook.manifest.config.parse(config), createTestHost(host));
  const post = (input: Input, overrides: Partial<ActionCall<unknown>> = {}) => {
    const call = {
      address: undefined,
      idempotencyKey: "run-1:1",
      deliveryId: "delivery-1",
      profileId: "profile-1",
      attempt: 1,
      purpose: "transactional" as const,
    };
    const { signal } = new AbortController();
    return connection.actions.post({
      signal,
      ...call,
      ...overrides,
      input: webhook.manifest.actions.post.input.parse(input),
    });
  };
  return { connection, post };
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
