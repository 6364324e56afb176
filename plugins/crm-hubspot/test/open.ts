import hubspot from "@wend/crm-hubspot";
import type { ActionCall, PluginConnection } from "@wend/plugin";
import type { TestHostParts } from "@wend/plugin/testing";
import { createTestHost } from "@wend/plugin/testing";
import { TOKEN } from "./fake/start-hubspot.ts";

type Action = keyof typeof hubspot.manifest.actions;

export const signal = new AbortController().signal;

/** Opens a connection to a server and returns a function that calls its actions as the host would. */
export async function open(apiUrl: string, config: object = {}, parts: TestHostParts = {}) {
  const host = createTestHost(parts);
  const parsed = hubspot.manifest.config.parse({ token: TOKEN, apiUrl, ...config });
  const connection = (await hubspot.connect(parsed, host)) as PluginConnection;
  const item = (action: Action, input: object, overrides: Partial<ActionCall<unknown>> = {}) => ({
    address: undefined,
    idempotencyKey: "run-1:1",
    deliveryId: "delivery-1",
    profileId: "profile-1",
    purpose: "transactional" as const,
    attempt: 1,
    signal,
    ...overrides,
    input: hubspot.manifest.actions[action].input.parse(input) as never,
  });
  return {
    host,
    connection,
    call: (action: Action, input: object, overrides?: Partial<ActionCall<unknown>>) =>
      connection.actions[action]!(item(action, input, overrides)),
    /** One call for several deliveries, each with a key of its own. */
    batch: (action: Action, inputs: readonly object[]) =>
      connection.batches![action]!(
        inputs.map((input, index) => item(action, input, { idempotencyKey: `run-${index + 1}:1` })),
        signal,
      ),
  };
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
