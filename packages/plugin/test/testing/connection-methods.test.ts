import type { Plugin, PluginConnection, PluginHost } from "@wend/plugin";
import { testPlugin } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { failuresOf } from "./failures-of.ts";
import { mailbox, mailboxSetup } from "./mailbox.ts";

const plugin: Plugin = mailbox;

describe("a plugin that polls, previews and serves passes every test", () => {
  for (const { name, run } of testPlugin({ ...mailboxSetup, plugin })) test(name, run);
});

type Config = Parameters<Plugin["connect"]>[0];
type Changed = (right: PluginConnection, config: Config, host: PluginHost) => Partial<PluginConnection>;

function failures(changed: Changed, setup = mailboxSetup): Promise<string[]> {
  const connect: Plugin["connect"] = async (config, host) => {
    const right = await plugin.connect(config, host);
    return { ...right, ...changed(right, config, host) };
  };
  return failuresOf({ ...setup, plugin: { manifest: plugin.manifest, connect } });
}

const all = "polling from the beginning finds all that there is";
const twice = "polling from the beginning twice tells the same facts by the same ids";
const last = "polling from the last cursor tells nothing new, and stays there";

describe("a poll that does not conform fails the test of what it does wrong", () => {
  test("one that ends after its first page", async () => {
    const changed: Changed = ({ poll }) => ({
      poll: async (...asked) => ({ ...(await poll!(...asked)), more: false }),
    });
    expect(await failures(changed)).toEqual([all, last]);
  });

  test("one that makes its ids anew", async () => {
    let made = 0;
    const changed: Changed = ({ poll }) => ({
      poll: async (...asked) => {
        const { receipts = [], ...polled } = await poll!(...asked);
        return { ...polled, receipts: receipts.map((receipt) => ({ ...receipt, id: `reply-${made++}` })) };
      },
    });
    expect(await failures(changed)).toEqual([all, twice]);
  });

  test("one whose cursor never rests", async () => {
    const changed: Changed = ({ poll }) => ({
      poll: async (cursor, signal) => {
        const polled = await poll!(cursor === null ? null : cursor.split(" ")[0]!, signal);
        return { ...polled, cursor: `${polled.cursor} ${Number(cursor?.split(" ")[1] ?? 0) + 1}` };
      },
    });
    expect(await failures(changed)).toEqual([last]);
  });

  test("one that never ends", async () => {
    const changed: Changed = ({ poll }) => ({ poll: async (...asked) => ({ ...(await poll!(...asked)), more: true }) });
    expect(await failures(changed)).toEqual([all, twice, last]);
  });

  test("one that tells of nothing when its provider fails", async () => {
    const changed: Changed = ({ poll }) => ({
      poll: (cursor, signal) => poll!(cursor, signal).catch(() => ({ cursor: cursor ?? "", more: false })),
    });
    expect(await failures(changed)).toEqual([
      "a poll of a provider that fails for now, or is gone, is a backoff",
      "an abort ends a poll under way at once",
    ]);
  });

  test("one that ignores the abort", async () => {
    const changed: Changed = ({ poll }) => ({ poll: (cursor) => poll!(cursor, new AbortController().signal) });
    expect(await failures(changed)).toEqual(["an abort ends a poll under way at once"]);
  });

  test("one that the setup does not try", async () => {
    const { polls: _, ...setup } = mailboxSetup;
    const tried = ["what it can be told, by webhook or by polling, the setup tries"];
    expect(await failures(() => ({}), setup)).toEqual(tried);
    const changed: Changed = () => ({ receive: async () => ({ proof: { by: "none" } }) });
    expect(await failures(changed)).toEqual(tried);
  });
});

describe("a preview that does not conform fails the test of it", () => {
  test.each<[string, Changed]>([
    ["no parts", () => ({ preview: async () => ({ parts: 0, bytes: 5, notes: [] }) })],
    ["half a byte", () => ({ preview: async () => ({ parts: 1, bytes: 0.5, notes: [] }) })],
    [
      "a delivery that is sent",
      ({ actions, preview }) => ({
        preview: async (asked, signal) => {
          const delivery = { deliveryId: "delivery-1", profileId: "profile-1", attempt: 1, idempotencyKey: "run-1:1" };
          const item = { ...delivery, purpose: "transactional", input: asked.input, address: undefined } as const;
          await actions.send!({ ...item, signal });
          return preview!(asked, signal);
        },
      }),
    ],
  ])("%s", async (_what, changed) => {
    expect(await failures(changed)).toEqual(["preview tells at least one part, and sends nothing"]);
  });
});

describe("pages that do not conform fail the test of them", () => {
  test.each<[string, Changed]>([
    ["a page for every path", () => ({ serve: async () => ({ response: new Response("") }) })],
    [
      "a path that is decoded without care",
      () => ({
        serve: async ({ path }) => ({ response: new Response("", { status: decodeURIComponent(path) ? 404 : 404 }) }),
      }),
    ],
    ["what is no Response", () => ({ serve: async () => ({ response: { status: 404 } as Response }) })],
    [
      "a receipt that the host would not take",
      () => ({
        serve: async ({ path }) => ({
          response: new Response("", { status: 404 }),
          receipts: [{ kind: "opened", id: path, at: 1, about: { providerId: "mail-1" } }],
        }),
      }),
    ],
  ])("%s", async (_what, changed) => {
    expect(await failures(changed)).toEqual(["serve answers 404 to a path it does not know, and throws at none"]);
  });
});
