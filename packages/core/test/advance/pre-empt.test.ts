import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("winback", {
    triggers: [{ type: "event", event: "Lapsed" }],
    entry: { reentry: "afterExit" },
    exits: [
      { name: "closed", event: "Account Closed" },
      { name: "opted-out", when: { op: "eq", left: { ref: "profile.optedOut" }, right: true } },
    ],
    goal: { event: "Order Completed", where: { op: "gt", left: { ref: "signal.properties.total" }, right: 10 } },
    start: "pause",
    nodes: { pause: { type: "delay", for: "P10D", next: "done" }, done: { type: "end", outcome: "done" } },
  });
});
afterAll(() => world.close());

let n = 0;
let who = "";
beforeEach(async () => {
  who = `exit-${++n}`;
  await world.track(who, "Lapsed");
  await world.advance();
});

const last = async () => (await world.runs()).at(-1)!;

test("an exit event ends the run at once, in the middle of its delay, and its timer goes", async () => {
  await world.track(who, "Account Closed");
  await world.advance();
  expect(await last()).toMatchObject({ status: "ended", ended_by: "exit", outcome: "closed" });
  expect(await world.count("timers")).toBe(0);
});

test("a goal ends the run at once and is counted", async () => {
  await world.track(who, "Order Completed", { total: 5 });
  await world.advance();
  expect(await last()).toMatchObject({ status: "active" });
  await world.track(who, "Order Completed", { total: 50 });
  await world.advance();
  expect(await last()).toMatchObject({ status: "ended", ended_by: "goal" });
  const [row] = await world.rows<{ n: number }>(
    "select count(*) as n from runs where goal_at is not null and id = $1",
    [(await last()).id],
  );
  expect(row!.n).toBe(1);
});

test("an exit that looks at the profile alone ends the run when the trait changes", async () => {
  await world.identify(who, { optedOut: true });
  await world.advance();
  expect(await last()).toMatchObject({ ended_by: "exit", outcome: "opted-out" });
});

test("entered = active + ended, always", async () => {
  const [sums] = await world.rows<{ entered: number; times: number; open: number }>(
    `select count(*) as entered, (select sum(times) from entries)::int as times,
       (select count(*) from entries where run_id is not null) as open from runs`,
  );
  const [active] = await world.rows<{ n: number }>("select count(*) as n from runs where status = 'active'");
  expect(sums!.times).toBe(sums!.entered);
  expect(sums!.open).toBe(active!.n);
});
