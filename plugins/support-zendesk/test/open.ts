import type { Accepted, ActionCall } from "@wend/plugin";
import type { TestHostParts } from "@wend/plugin/testing";
import { createTestHost } from "@wend/plugin/testing";
import supportZendesk from "@wend/support-zendesk";
import type { Zendesk } from "./fake/start-zendesk.ts";

const { manifest } = supportZendesk;
type Actions = typeof manifest.actions;
type InputOf<Name extends keyof Actions> = Actions[Name]["input"]["_zod"]["input"];

export const run = "0198c2a1-7a10-7000-8000-000000000001";
export const address = "ada@example.test";
export const credentials = { email: "agent@example.test", apiToken: "t0ken-9d1f4c" };

/** Opens a connection and returns a function that calls as the host would. */
export async function open(zendesk: Pick<Zendesk, "url">, { config = {}, host: parts = {} }: OpenOptions = {}) {
  const host = createTestHost(parts);
  const given = manifest.config.parse({ url: zendesk.url, ...credentials, ...config });
  const connection = await supportZendesk.connect(given, host);
  const call = <Name extends keyof Actions & string>(
    name: Name,
    input: InputOf<Name>,
    overrides: Partial<ActionCall<unknown>> = {},
  ) => {
    const handler = connection.actions[name] as (call: ActionCall<unknown>) => Promise<Accepted<unknown>>;
    return handler({
      address,
      idempotencyKey: `${run}:1`,
      deliveryId: "0198c2a1-7a10-7000-8000-00000000000a",
      profileId: "0198c2a1-7a10-7000-8000-00000000000b",
      purpose: "transactional" as const,
      attempt: 1,
      signal: new AbortController().signal,
      ...overrides,
      input: manifest.actions[name].input.parse(input),
    });
  };
  return { connection, call, host };
}

interface OpenOptions {
  readonly config?: object;
  readonly host?: TestHostParts;
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
