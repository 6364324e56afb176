import { afterAll, beforeAll, expect, test } from "vitest";
import type { Body, World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const body = (event: string, entry: Body["entry"]): Body => ({
  triggers: [{ type: "event", event }],
  ...(entry && { entry }),
  start: "pause",
  nodes: { pause: { type: "delay", for: "PT1H", next: "done" }, done: { type: "end", outcome: "done" } },
});

async function enter(event: string, properties: Record<string, string> = {}) {
  await world.track("ann", event, properties);
  await world.advance();
}

const runsOf = async (key: string) => (await world.runs()).filter((run) => run.key === key);
const lastRefusal = async () => (await world.refusals()).at(-1)?.reason;

test("by default nobody enters twice, and the refusal is recorded with its reason", async () => {
  await world.publish("never", body("A", { reentry: "never" }));
  await enter("A");
  world.clock.advance("PT2H");
  await enter("A");
  expect(await runsOf("never")).toHaveLength(1);
  expect(await lastRefusal()).toBe("reentry_never");
});

test("while a run is active a second one with the same key is refused", async () => {
  await world.publish("after", body("B", { reentry: "afterExit" }));
  await enter("B");
  await enter("B");
  expect(await lastRefusal()).toBe("already_active");
  world.clock.advance("PT2H");
  await enter("B");
  expect(await runsOf("after")).toHaveLength(2);
});

test("an entry key lets one profile be in the journey once per order", async () => {
  await world.publish("orders", body("C", { key: { ref: "event.properties.order" }, reentry: "afterExit" }));
  await enter("C", { order: "1" });
  await enter("C", { order: "2" });
  await enter("C", { order: "1" });
  expect((await runsOf("orders")).map((run) => run.entry_key)).toHaveLength(2);
  expect(await lastRefusal()).toBe("already_active");
});

test("a cooldown counts from the last entry, to the millisecond", async () => {
  await world.publish("cool", body("D", { reentry: "afterExit", cooldown: "PT24H" }));
  await enter("D");
  world.clock.advance("PT24H");
  world.clock.advance(-1);
  await enter("D");
  expect(await lastRefusal()).toBe("cooldown");
  world.clock.advance(1);
  await enter("D");
  expect(await runsOf("cool")).toHaveLength(2);
});

test("new entries go to the version published last; a run stays on the one it entered", async () => {
  await world.publish("versions", body("E", { reentry: "always" }));
  await enter("E");
  await world.publish("versions", {
    ...body("E", { reentry: "always" }),
    start: "done",
    nodes: { done: { type: "end", outcome: "quick" } },
  });
  await world.track("bob", "E");
  await world.advance();
  const runs = await runsOf("versions");
  expect(runs.map((run) => [run.version, run.status])).toEqual([
    [1, "active"],
    [2, "ended"],
  ]);
  world.clock.advance("PT2H");
  await world.advance();
  expect(await world.path(runs[0]!.id)).toEqual(["pause:elapsed", "done:done"]);
});
