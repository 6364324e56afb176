import type { Plugin } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { testPlugin } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { startDesk } from "./desk-stand-in.ts";
import { deskWebhooks } from "./desk-webhooks.ts";
import { failuresOf } from "./failures-of.ts";
import { supportDesk } from "./support-desk.ts";

const setup = {
  webhooks: deskWebhooks,
  calls: { open: { input: { subject: "Broken", text: "It does not start." }, address: "ada@example.com" } },
  startProvider: startDesk,
};

describe("a plugin that conforms passes every test", () => {
  for (const { name, run } of testPlugin({ ...setup, plugin: supportDesk })) test(name, run);
});

const desk: Plugin = supportDesk;
type Connect = Plugin["connect"];
type Open = Awaited<ReturnType<Connect>>["actions"][string];

/** The plugin with its handler replaced by one that misbehaves around the right one. */
function broken(misbehave: (right: Open, connect: Parameters<Connect>) => Open): Plugin {
  const connect: Connect = async (...args) => {
    const right = await desk.connect(...args);
    return { ...right, actions: { open: misbehave(right.actions.open!, args) } };
  };
  return { manifest: desk.manifest, connect };
}

const failures = (plugin: Plugin) => failuresOf({ ...setup, plugin });

describe("a plugin that does not conform fails the test of what it does wrong", () => {
  test("a key made per attempt", async () => {
    const plugin = broken(
      (right) => (call) => right({ ...call, idempotencyKey: `${call.idempotencyKey}/${call.attempt}` }),
    );
    expect(await failures(plugin)).toEqual([
      "the key is the same on every attempt, and another for another delivery",
      "lookup knows what was accepted and nothing else",
    ]);
  });

  test("one key for every delivery", async () => {
    const plugin = broken((right) => (call) => right({ ...call, idempotencyKey: "run-1:1" }));
    expect(await failures(plugin)).toEqual([
      "the key is the same on every attempt, and another for another delivery",
      "lookup knows what was accepted and nothing else",
    ]);
  });

  test("errors without a code", async () => {
    const plugin = broken((right) => async (call) => {
      return right(call).catch((error) => {
        throw new Error(String(error));
      });
    });
    expect(await failures(plugin)).toEqual(expect.arrayContaining(["a provider that fails for now is a backoff"]));
  });

  test("an abort that is ignored", async () => {
    const plugin = broken((right) => (call) => right({ ...call, signal: new AbortController().signal }));
    expect(await failures(plugin)).toEqual([
      "an abort ends a call under way at once, and it is ambiguous",
      "a call that was aborted before it began reaches nobody",
    ]);
  });

  test("an output that the manifest does not allow", async () => {
    const plugin = broken((right) => async (call) => ({ ...(await right(call)), output: { number: "7" } }));
    expect(await failures(plugin)).toEqual(["an accepted call returns what the manifest allows"]);
  });

  test("a retry inside the plugin after a lost connection", async () => {
    const plugin = broken((right) => async (call) => right(call).catch(() => ({ output: { number: 1 } })));
    expect(await failures(plugin)).toContain("a connection lost after the call is ambiguous");
  });

  test("a secret in a log line", async () => {
    const plugin = broken((right, [config, host]) => async (call) => {
      host.log.debug({ config }, "calling");
      return right(call);
    });
    expect(await failures(plugin)).toEqual(["no log line holds a secret or an address"]);
  });

  test("a lookup that believes all is well", async () => {
    const plugin: Plugin = {
      manifest: desk.manifest,
      connect: async (...args) => ({ ...(await desk.connect(...args)), lookup: async () => ({ outcome: "accepted" }) }),
    };
    expect(await failures(plugin)).toEqual(["lookup knows what was accepted and nothing else"]);
  });

  test.each<[string, (config: Record<string, unknown>, call: Parameters<Open>[0]) => unknown]>([
    ["a secret", ({ token }) => `Bearer ${token} was refused`],
    ["the address", (_, { address }) => `${address} was refused`],
    ["what the customer is written", (_, { input }) => `It refused ${JSON.stringify(input)}`],
  ])("an error that tells %s", async (_, tell) => {
    const plugin = broken((right, [config]) => async (call) => {
      return right(call).catch((error: WendError) => {
        throw new WendError(error.code, { detail: String(tell(config, call)), cause: error });
      });
    });
    expect(await failures(plugin)).toEqual(["no error tells a secret, an address or a text of the input"]);
  });

  test("secrets that nothing checks", async () => {
    const connect: Connect = async (...args) => ({ ...(await desk.connect(...args)), check: undefined as never });
    expect(await failures({ manifest: desk.manifest, connect })).toEqual([
      "a connection that has secrets has a check of them",
    ]);
  });

  test("an address in a log line", async () => {
    const plugin = broken((right, [, host]) => async (call) => {
      host.log.info({ to: call.address }, "calling");
      return right(call);
    });
    expect(await failures(plugin)).toEqual(["no log line holds a secret or an address"]);
  });

  test("a close that works once, a check that is always content, a manifest that does not fit", async () => {
    let closed = false;
    const plugin: Plugin = {
      manifest: { ...desk.manifest, version: "one" },
      connect: async (...args) => ({
        ...((await desk.connect(...args)) as unknown as Awaited<ReturnType<Connect>>),
        check: async () => ({ problems: [] }),
        close: async () => {
          if (closed) throw new Error("closed already");
          closed = true;
        },
      }),
    };
    const failed: string[] = [];
    for (const { name, run } of testPlugin({ ...setup, plugin }).slice(0, 6)) {
      closed = false;
      await run().catch(() => failed.push(name));
    }
    expect(failed).toEqual([
      "support-desk: the manifest fits the contract",
      "support-desk: close may be called twice",
      "support-desk: check finds nothing while the provider answers, and something once it is gone",
    ]);
  });
});
