import { afterAll, beforeAll, expect, test } from "vitest";
import { advanceBatch } from "../../src/advance/advance-batch.ts";
import { advanceShard } from "../../src/advance/advance-shard.ts";
import { beginAttempt } from "../../src/advance/lock-shard.ts";
import { inBusyWorkspace } from "../../src/store/transaction.ts";
import type { World } from "../advance/world.ts";
import { createWorld, onboarding } from "../advance/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("onboarding", onboarding);
});
afterAll(() => world.close());

const next = { begins: true, goesOn: true };

/** A worker that dies in the middle of its batch: the attempt stays, all else is rolled back. */
async function die(): Promise<void> {
  const died = inBusyWorkspace(world.store, world.workspace.id, {
    ahead: beginAttempt(shard()),
    opening: async () => {},
    work: () => Promise.reject(new Error("killed")),
  });
  await expect(died).rejects.toThrow("killed");
}

const shard = () => ({ workspaceId: world.workspace.id, shard: 0 });

test("rows of a suspect shard that are advanced leave nothing on the account of those behind them", async () => {
  for (const who of ["a", "b", "c", "d", "e", "f"]) await world.track(who, "Signed Up");
  for (let deaths = 0; deaths < 4; deaths++) await die();
  // Each row alone dies twice with its worker and is advanced by the next.
  for (let rows = 0; rows < 4; rows++) {
    expect(await advanceBatch(world.runtime, shard(), next)).toMatchObject({ kind: "advanced", rows: 1, more: true });
    await die();
    await die();
  }
  await advanceShard(world.runtime, shard());
  expect(await world.count("dead_letters")).toBe(0);
  expect(await world.runs()).toHaveLength(6);
});

test("a row that is alone and takes its worker along three times is condemned, and nobody else", async () => {
  for (const who of ["culprit", "g", "h"]) await world.track(who, "Signed Up");
  for (let deaths = 0; deaths < 7; deaths++) await die();
  await advanceShard(world.runtime, shard());
  const letters = await world.rows<{ value: string }>(
    "select value from dead_letters d join identities i on i.workspace_id = d.workspace_id and i.profile_id = d.profile_id",
  );
  expect(letters).toEqual([{ value: "culprit" }]);
  expect(await world.runs()).toHaveLength(8);
});
