import emailSmtp from "@wend/email-smtp";
import type { ActionCall, PluginHost } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { deliveryId } from "./delivery.ts";

/** For a server that hangs: short enough for a test, long enough for a busy machine to get that far. */
export const brisk = { connectMs: 1_000, greetingMs: 600, replyMs: 600 };

/** Opens a connection to a server on this machine and returns a function that sends as the host would. */
export async function open(config: object, host: Partial<PluginHost> = {}) {
  const { manifest } = emailSmtp;
  const base = { host: "localhost", secure: "none", from: "shop@example.com" };
  const here = createTestHost();
  const connect: PluginHost["connect"] = (target) => here.connect({ ...target, host: "127.0.0.1" });
  const testHost = createTestHost({ connect, ...host });
  const connection = await emailSmtp.connect(manifest.config.parse({ ...base, ...config }), testHost);
  const send = (input: object, overrides: Partial<ActionCall<unknown>> = {}) => {
    const call = {
      address: "ada@example.com",
      idempotencyKey: "run-1:1",
      deliveryId,
      profileId: "profile-1",
      attempt: 1,
      purpose: "transactional" as const,
    };
    const { signal } = new AbortController();
    return connection.actions.send({ signal, ...call, ...overrides, input: manifest.actions.send.input.parse(input) });
  };
  return {
    connection,
    send,
    host: testHost,
    [Symbol.asyncDispose]: async () => connection.close?.(),
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

/** The smallest input there is. */
export const hello = { subject: "Hello", text: "Hello Ada" };
