import { afterAll, beforeAll, expect, test } from "vitest";
import { attemptsAfter, BATCH_LIMIT, isCondemned, limitFor } from "../../src/advance/isolation.ts";
import { asOwner } from "../../src/store/owner.ts";
import type { World } from "./world.ts";
import { createWorld, onboarding } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("onboarding", onboarding);
});
afterAll(() => world.close());

const attempts = async () =>
  (await world.rows<{ batch_attempts: number }>("select batch_attempts from shards"))[0]!.batch_attempts;

test("a row that fails outside any run becomes a dead letter, and the rows around it are advanced", async () => {
  for (const who of ["a", "b", "c", "d", "e"]) await world.track(who, "Signed Up");
  const [victim] = await world.rows<{ id: string; profile_id: string }>(
    "select id, profile_id from inbox order by received_at, id offset 2 limit 1",
  );
  // The database refuses to store this profile's run, and no run is there yet to be parked.
  await asOwner(world.url, (client) =>
    client.query(`alter table runs add constraint poison check (profile_id <> '${victim!.profile_id}')`),
  );
  await world.advance();
  expect(await world.count("inbox")).toBe(0);
  expect(await world.runs()).toHaveLength(4);
  const letters = await world.rows<{ id: string; code: string }>("select id, code from dead_letters");
  expect(letters).toEqual([{ id: victim!.id, code: "23514" }]);
  await world.tx((tx) => tx.run("delete from dead_letters"));
});

test("an attempt is counted before the batch and taken back by its commit", async () => {
  await world.track("f", "Signed Up");
  expect(await attempts()).toBe(0);
  await world.advance();
  expect(await attempts()).toBe(0);
});

test("the head of a shard whose batches killed their process too often is taken out, and kept as a dead letter", async () => {
  await world.track("culprit", "Signed Up");
  await world.track("innocent", "Signed Up");
  await world.tx((tx) => tx.run("update shards set batch_attempts = 7"));
  await world.advance();
  const letters = await world.rows<{ code: string; row: { profileId: string } }>("select code, row from dead_letters");
  expect(letters).toHaveLength(1);
  const [culprit] = await world.rows<{ profile_id: string }>(
    "select profile_id from identities where value = 'culprit'",
  );
  expect(letters[0]!.row.profileId).toBe(culprit!.profile_id);
  expect(await world.count("inbox")).toBe(0);
  expect(await attempts()).toBe(0);
});

test("a suspect shard is advanced in ever smaller batches until its culprit stands alone", () => {
  expect([0, 1, 2, 3, 4, 5, 6].map(limitFor)).toEqual([BATCH_LIMIT, BATCH_LIMIT, BATCH_LIMIT, 125, 15, 1, 1]);
  expect([6, 7, 8].map(isCondemned)).toEqual([false, false, true]);
  // After a success the next batch begins at the same level, or alone.
  expect([3, 4, 5, 6].map((attempts) => attemptsAfter(attempts, true) + 1)).toEqual([3, 4, 5, 5]);
  expect([attemptsAfter(2, true), attemptsAfter(2, false)]).toEqual([1, 0]);
});
