import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { advanceShard } from "../../src/advance/advance-shard.ts";
import type { Runtime } from "../../src/runtime.ts";
import type { World } from "../advance/world.ts";
import { createWorld, onboarding } from "../advance/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("onboarding", onboarding);
});
afterAll(() => world.close());

/** The runtime with a pool that gives up on a lock at once. */
function impatient(): Runtime {
  const app = new Proxy(world.store.app, {
    get: (pool, property) => {
      if (property !== "connect") return Reflect.get(pool, property, pool);
      return async () => {
        const client = await pool.connect();
        await client.query("set lock_timeout = '20ms'");
        return client;
      };
    },
  });
  return { ...world.runtime, store: { ...world.store, app } };
}

test("a table that is locked for a while makes no dead letter of what waits for it", async () => {
  await world.track("ann", "Signed Up");
  const owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
  await owner.query("begin; lock table runs in share mode");
  const runtime = impatient();
  for (let wake = 0; wake < 10; wake++) {
    await expect(advanceShard(runtime, { workspaceId: world.workspace.id, shard: 0 })).rejects.toMatchObject({
      code: "store.unavailable",
    });
  }
  await owner.query("commit");
  await owner.end();
  await world.advance();
  expect(await world.count("dead_letters")).toBe(0);
  expect((await world.runs()).map((run) => run.status)).toEqual(["active"]);
});
