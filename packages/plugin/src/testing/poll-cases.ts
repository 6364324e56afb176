import assert from "node:assert/strict";
import type { Polled } from "../contract/incoming.ts";
import { expectCoded, settlesWithin } from "./expectations.ts";
import type { OpenConnection } from "./open-connection.ts";
import { openConnection } from "./open-connection.ts";
import type { ParsedFacts } from "./parse-facts.ts";
import { idsOf, parseFacts } from "./parse-facts.ts";
import type { PollTests } from "./poll-tests.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

const ABORT_MS = 1_000;
const MOST_PAGES = 100;

interface PollSetup extends PluginTestSetup {
  readonly polls: PollTests;
}

/** The tests of a connection that asks its provider for what is new. */
export function pollCases(setup: PollSetup): ConformanceTest[] {
  const { manifest } = setup.plugin;
  const named = (sentence: string, body: (open: OpenConnection) => Promise<unknown>): ConformanceTest => ({
    name: `${manifest.id}: ${sentence}`,
    run: async () => {
      await using open = await openConnection(setup, { startProvider: setup.polls.startProvider });
      await body(open);
    },
  });
  return [
    named("polling from the beginning finds all that there is", async (open) => {
      const { receipts, signals } = await pollAll(open, setup);
      const says = parseFacts(manifest, setup.polls.says);
      assert.deepEqual({ receipts, signals }, says);
    }),
    named("polling from the beginning twice tells the same facts by the same ids", async (open) => {
      assert.deepEqual(idsOf(await pollAll(open, setup)), idsOf(await pollAll(open, setup)));
    }),
    named("polling from the last cursor tells nothing new, and stays there", async (open) => {
      const all = await pollAll(open, setup);
      const { cursor, more, ...facts } = await poll(open, all.cursor);
      const known = new Set(idsOf(all));
      const news = idsOf(parseFacts(manifest, facts)).filter((id) => !known.has(id));
      assert.deepEqual({ news, cursor, more }, { news: [], cursor: all.cursor, more: false });
    }),
    named("a poll of a provider that fails for now, or is gone, is a backoff", async (open) => {
      open.provider.behave("unavailable");
      await expectCoded(poll(open, null), "backoff");
      await open.provider.stop();
      await expectCoded(poll(open, null), "backoff");
    }),
    named("an abort ends a poll under way at once", async (open) => {
      open.provider.behave("hang");
      const controller = new AbortController();
      const polled = expectCoded(poll(open, null, controller.signal));
      polled.catch(() => undefined);
      controller.abort();
      await settlesWithin(ABORT_MS, polled);
    }),
  ];
}

async function poll(
  { connection }: OpenConnection,
  ...[cursor, signal]: [string | null, AbortSignal?]
): Promise<Polled> {
  assert.ok(connection.poll !== undefined, "the setup has polls, and the connection has no poll()");
  return connection.poll(cursor, signal ?? new AbortController().signal);
}

async function pollAll(
  open: OpenConnection,
  { plugin }: PollSetup,
): Promise<ParsedFacts & { readonly cursor: string }> {
  const pages: Polled[] = [];
  for (let page: Polled | undefined; page?.more !== false; pages.push(page)) {
    assert.ok(pages.length < MOST_PAGES, `after ${MOST_PAGES} pages there is still more`);
    page = await poll(open, page?.cursor ?? null);
    assert.ok(typeof page.cursor === "string", "a cursor is a text");
  }
  const facts = {
    receipts: pages.flatMap(({ receipts = [] }) => receipts),
    signals: pages.flatMap(({ signals = [] }) => signals),
  };
  return { ...parseFacts(plugin.manifest, facts), cursor: pages.at(-1)?.cursor ?? "" };
}
