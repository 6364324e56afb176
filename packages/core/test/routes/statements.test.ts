import { afterAll, expect, test } from "vitest";
import { advanceShard } from "../../src/advance/advance-shard.ts";
import { deliverBatch } from "../../src/deliver/deliver-batch.ts";
import { counting } from "../advance/counting.ts";
import { until } from "../queue/until.ts";
import { createWorld } from "./world.ts";

const world = await createWorld();
afterAll(() => world.close());

const id = { workspaceId: world.workspace.id, shard: 0 };
const counted = () => counting({ store: world.store, runtime: world.worker.runtime });

/** What a batch of so many profiles costs. */
async function advanceCounted(count: number, from: number): Promise<number> {
  await world.track(count, from);
  const { runtime, statements } = counted();
  expect(await advanceShard(runtime, id)).toMatchObject({ batches: 1, rows: count });
  return statements.length;
}

test("a batch asks one statement more where there are routes, for 1 and for 1,000 profiles, and none where there are none", async () => {
  await world.connect("one", world.first.url);
  await world.connect("two", world.second.url);
  const members = [{ connection: "one" }, { connection: "two" }];
  // Compiles the version, so that reading it is not counted below.
  await world.publish("one");
  await world.order(1);
  const direct = [await advanceCounted(1, 1_000), await advanceCounted(1_000, 2_000)];
  await world.route({ key: "mail", mode: "failover", members });
  await world.publish("mail");
  await world.order(1);
  const routed = [await advanceCounted(1, 4_000), await advanceCounted(1_000, 5_000)];
  console.log(`direct=${direct} routed=${routed}`);
  expect(new Set(direct).size).toBe(1);
  expect(routed).toEqual(direct.map((count) => count + 1));
});

test("what an open breaker moves costs the same number of statements for 1 and for 100", async () => {
  await world.tx((t) => t.run("delete from deliveries where workspace_id = $1", [t.workspaceId]));
  await world.order(111, 10_000);
  world.first.answer = "refuse";
  const rows = await world.deliveries();
  const ids = rows.map((row) => row.id);
  const { connectionId } = await world.load(ids[0]!);
  const { runtime, statements } = counted();
  const deliver = async (named: readonly string[]) => {
    const before = statements.length;
    await deliverBatch(runtime, { workspaceId: world.workspace.id, connectionId: connectionId! }, named);
    return statements.length - before;
  };
  await deliver(ids.slice(0, 10));
  await until(async () => (await world.downUntil("one")) !== null);
  const one = await deliver(ids.slice(10, 11));
  const hundred = await deliver(ids.slice(11));
  console.log(`moved: ${one} statements for 1 delivery, ${hundred} for 100`);
  expect(hundred).toBe(one);
  const moved = (await world.deliveries()).filter(({ connection }) => connection === "two").map((row) => row.id);
  expect(new Set(moved)).toEqual(new Set([...moved, ...ids.slice(10)]));
});
