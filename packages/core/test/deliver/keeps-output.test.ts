import { expect, it } from "vitest";
import { createDeliveries } from "../../src/connections/host/deliveries.ts";
import { noNews } from "../../src/serve/no-news.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

const outputsOf = async (world: World, ids: readonly string[]) => {
  const rows = await world.sql("select id, state, output from deliveries where workspace_id = $1 and id = any($2)", [
    ids,
  ]);
  return ids.map((id) => {
    const { state, output } = rows.find((row) => row.id === id)!;
    return [state, output];
  });
};

it("what a handler returns is kept where its action declares so, for the plugin to read again", async () => {
  const world = await createWorld({ keepsOutput: true });
  const [told, silent] = (await world.plan(2)) as [string, string];
  const receipt = 'a "b" \\ {c,d} NULL \n ü';
  world.provider.handle = async ({ deliveryId }) => ({ output: deliveryId === told ? { receipt } : {} });
  await world.deliver([told, silent]);
  expect(await outputsOf(world, [told, silent])).toEqual([
    ["accepted", { receipt }],
    ["accepted", {}],
  ]);
  const profileId = (await world.find([told]))[0]!.profile_id;
  const listed = await createDeliveries({ store: world.store, id: world.target, news: noNews }).list(
    { profileId },
    new AbortController().signal,
  );
  expect(listed).toMatchObject([{ id: told, output: { receipt } }]);
});

it("what a batch returns is kept for each of its deliveries", async () => {
  const world = await createWorld({ keepsOutput: true, batch: 2 });
  const ids = await world.plan(2);
  world.provider.handle = async ({ deliveryId }) => ({ output: { receipt: deliveryId } });
  await world.deliver(ids);
  expect(world.provider.batches).toHaveLength(1);
  expect(await outputsOf(world, ids)).toEqual(ids.map((receipt) => ["accepted", { receipt }]));
});

it("what a handler returns is not kept otherwise", async () => {
  const world = await createWorld();
  const ids = await world.plan(1);
  world.provider.handle = async () => ({ output: { receipt: "r" } });
  await world.deliver(ids);
  expect(await outputsOf(world, ids)).toEqual([["accepted", null]]);
});

it("a call that fails keeps nothing, and takes nothing from those recorded with it", async () => {
  const world = await createWorld({ keepsOutput: true });
  const [kept, failing] = (await world.plan(2)) as [string, string];
  world.provider.handle = async ({ deliveryId }) => {
    if (deliveryId === failing) throw new Error("no");
    return { output: { receipt: "r" } };
  };
  await world.deliver([kept, failing]);
  expect(await outputsOf(world, [kept, failing])).toEqual([
    ["accepted", { receipt: "r" }],
    ["queued", null],
  ]);
});

it.each([
  ["NUL", "\0"],
  ["a lone surrogate", "\ud800"],
  ["too much", "x".repeat(65_537)],
])("output that the store cannot keep (%s) is the plugin's fault, and no other delivery's", async (_, receipt) => {
  const world = await createWorld({ keepsOutput: true, dedupe: { by: "none" }, connection: { onUnknown: "hold" } });
  const [bad, good] = (await world.plan(2)) as [string, string];
  world.provider.handle = async ({ deliveryId }) => ({ output: { receipt: deliveryId === bad ? receipt : "r" } });
  await world.deliver([bad, good]);
  expect(await outputsOf(world, [bad, good])).toEqual([
    ["unknown", null],
    ["accepted", { receipt: "r" }],
  ]);
  expect((await world.find([bad]))[0]!.error?.code).toBe("plugin.bad_output");
});
