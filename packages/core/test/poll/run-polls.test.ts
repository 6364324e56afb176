import { afterAll, beforeAll, expect, it } from "vitest";
import { runPolls } from "../../src/poll/run-polls.ts";
import type { PollWorld } from "./world.ts";
import { createPollWorld, everyMs, found } from "./world.ts";

let world: PollWorld;
beforeAll(async () => {
  world = await createPollWorld();
});
afterAll(() => world?.close());

/** Long against the milliseconds it takes, for the sake of a busy machine. */
const soon = { timeout: 15_000 };

it("polls go on in every worker of the channel, one at a time, until they are stopped", async () => {
  const connection = await world.begin();
  let under = 0;
  let most = 0;
  const asked: (string | null)[] = [];
  world.script.poll = async (cursor) => {
    most = Math.max(most, ++under);
    asked.push(cursor);
    await connection.row();
    under--;
    return found(String(asked.length));
  };
  const workers = [1, 2].map(() => runPolls(world.createRuntime(), { channels: ["crm"], lookMs: 5 }));
  const other = runPolls(world.createRuntime(), { channels: ["email"], lookMs: 5 });
  for (const calls of [1, 2, 3]) {
    await expect.poll(async () => (await connection.row())?.cursor, soon).toBe(String(calls));
    world.clock.advance(everyMs);
  }
  await Promise.all([...workers, other].map((worker) => worker.stop()));
  expect([asked.slice(0, 3), most]).toEqual([[null, "1", "2"], 1]);
});

it("a connection that is made while they go on is asked too", async () => {
  world.script.poll = async () => found("end");
  const polls = runPolls(world.createRuntime(), { channels: "all", lookMs: 5 });
  const before = await world.begin();
  await expect.poll(async () => (await before.row())?.cursor, soon).toBe("end");
  const after = await world.begin();
  await expect.poll(async () => (await after.row())?.cursor, soon).toBe("end");
  await polls.stop();
});

it("a call under way does not hold up a stop", async () => {
  const connection = await world.begin();
  const begun = Promise.withResolvers<void>();
  world.script.poll = () => {
    begun.resolve();
    return new Promise(() => {});
  };
  const polls = runPolls(world.createRuntime(), { channels: "all", lookMs: 5 });
  await begun.promise;
  await polls.stop();
  await expect.poll(() => connection.findDue(world.runtime), soon).toHaveLength(1);
});

it("a process whose plugins do not poll never looks", async () => {
  const connection = await world.begin();
  const polls = runPolls(world.withoutPoll(), { channels: "all", lookMs: 1 });
  await polls.stop();
  expect(await connection.row()).toBeUndefined();
});
