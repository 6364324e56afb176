import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseMember, nextMember } from "../../src/routes/choose-member.ts";
import { updateRoute } from "../../src/routes/update-route.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

const customers = 10_000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.connect("one", world.first.url);
  await world.connect("two", world.second.url);
  await world.connect("three", world.second.url);
  await world.route({
    key: "mail",
    mode: "split",
    members: [
      { connection: "one", weight: 70 },
      { connection: "two", weight: 30 },
      { connection: "three", weight: 0 },
    ],
  });
  await world.publish("mail");
});
afterAll(() => world.close());

/** All customers order once; profile -> the connection that its delivery was planned on. */
async function orderAll(): Promise<Map<string, string>> {
  await world.tx((t) => t.run("delete from deliveries where workspace_id = $1", [t.workspaceId]));
  await world.order(customers);
  return new Map((await world.deliveries()).map(({ profile_id, connection }) => [profile_id, connection]));
}

const share = (drawn: ReadonlyMap<string, string>, key: string) =>
  [...drawn.values()].filter((connection) => connection === key).length / drawn.size;

describe("a split over 10,000 profiles", () => {
  it("goes by weight, is the same for a profile every time, and moves the fewest when the weights change", async () => {
    const before = await orderAll();
    expect(before.size).toBe(customers);
    expect(share(before, "one")).toBeCloseTo(0.7, 1);
    expect(Math.abs(share(before, "one") - 0.7)).toBeLessThan(0.02);
    expect(share(before, "three")).toBe(0);
    expect(await orderAll()).toEqual(before);

    await world.tx((t) =>
      updateRoute(t, world.plugins, {
        route: "mail",
        members: [
          { connection: "one", weight: 50 },
          { connection: "two", weight: 50 },
        ],
      }),
    );
    const after = await orderAll();
    expect(Math.abs(share(after, "one") - 0.5)).toBeLessThan(0.02);
    const moved = [...before].filter(([profile, connection]) => after.get(profile) !== connection);
    expect(moved.every(([profile]) => after.get(profile) === "two")).toBe(true);
    console.log(
      `profiles=${customers} one=${share(before, "one")} then ${share(after, "one")} moved=${moved.length / customers}`,
    );
  });
});

describe("the choice of a member", () => {
  const members = [
    { connectionId: "a", weight: 1 },
    { connectionId: "b", weight: 1 },
    { connectionId: "c", weight: 1 },
  ];
  const failover = (...down: string[]) => ({ id: "r", mode: "failover" as const, members, down: new Set(down) });

  it.each([
    [[], "a"],
    [["a"], "b"],
    [["a", "b"], "c"],
    [["a", "b", "c"], "a"],
  ])("of a failover is the first that is not down: %j down", (down, chosen) => {
    expect(chooseMember(failover(...down), "p")).toBe(chosen);
  });

  it.each([
    ["a", [], "b"],
    ["a", ["b"], "c"],
    ["c", [], "a"],
    ["c", ["a"], "b"],
    ["a", ["b", "c"], undefined],
    ["gone", [], "a"],
  ])("after %s with %j down is the next round that is not", (from, down, next) => {
    expect(nextMember(failover(...down), from)).toBe(next);
  });

  it("after a member of a split is nobody: weights say who gets what", () => {
    expect(nextMember({ ...failover(), mode: "split" }, "a")).toBeUndefined();
  });
});
