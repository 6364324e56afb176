import { afterAll, beforeAll, expect, it } from "vitest";
import { findDuePolls, findUnaskedPolls } from "../../src/poll/find-due-polls.ts";
import type { PollWorld } from "./world.ts";
import { createPollWorld, everyMs, found } from "./world.ts";

let world: PollWorld;
beforeAll(async () => {
  world = await createPollWorld();
  world.script.poll = async () => found("end");
});
afterAll(() => world?.close());

/** What a look asked the database, explained: the lines that read a table. */
async function readsOf(look: typeof findDuePolls): Promise<string[]> {
  const { store, runtime } = world;
  const reads: string[] = [];
  const query = async (text: string, values: unknown[]) => {
    const plan = await store.router.query(`explain (analyze, costs off, timing off) ${text}`, values);
    for (const row of plan.rows) reads.push(Object.values(row).join());
    return { rows: [] };
  };
  const watched = { ...store, router: { query } as never };
  await look(watched, { plugins: runtime.plugins, channels: "all", limit: 100 });
  return reads.filter((line) => / on (polls|connections) /.test(line));
}

it("a look for what is due reads nothing of the connections that wait, and finds those that do not by their time", async () => {
  const connections = [await world.begin(), await world.begin(), await world.begin()];
  for (const connection of connections) await connection.poll();
  const waiting = await readsOf(findDuePolls);
  expect(waiting).toHaveLength(2);
  expect(waiting.find((line) => line.includes("on polls"))).toMatch(/polls_due .*rows=0/);
  expect(waiting.find((line) => line.includes("on connections"))).toContain("never executed");
  world.clock.advance(everyMs);
  for (const { findDue } of connections) expect(await findDue(world.runtime)).toHaveLength(1);
});

it("a look for those that were never asked reads the connections of plugins that poll by their plugin", async () => {
  await world.begin();
  const reads = await readsOf(findUnaskedPolls);
  expect(reads.find((line) => line.includes("on connections"))).toContain("connections_by_plugin");
});

it("of several that are due the longest waiting comes first, and no more than there is room for", async () => {
  const first = await world.begin();
  await first.poll();
  world.clock.advance(1);
  const second = await world.begin();
  await second.poll();
  world.clock.advance(everyMs * 2);
  const query = { plugins: world.runtime.plugins, channels: "all" as const };
  const ids = (await findDuePolls(world.store, { ...query, limit: 100 })).map(({ connectionId }) => connectionId);
  expect(ids.slice(-2)).toEqual([first.connectionId, second.connectionId]);
  expect(await findDuePolls(world.store, { ...query, limit: 1 })).toHaveLength(1);
  expect(await findDuePolls(world.store, { ...query, channels: ["email"], limit: 100 })).toEqual([]);
});
