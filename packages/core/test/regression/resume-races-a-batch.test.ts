import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pauseJourney, resumeJourney } from "../../src/journeys/pause-journey.ts";
import type { World } from "../advance/world.ts";
import { createWorld, onboarding } from "../advance/world.ts";
import { countWaiting } from "./count-waiting.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("onboarding", onboarding);
});
afterAll(() => world.close());

const pause = (journey: string) => world.tx((tx) => pauseJourney(tx, { journey, actor: "test" }));
const resume = (journey: string) => world.tx((tx) => resumeJourney(tx, { journey, actor: "test", shards: 1 }));

test("a resume while a batch that saw the pause is under way leaves no run behind", async () => {
  await world.track("racer", "Signed Up");
  await world.advance();
  const run = (await world.runs()).at(-1)!;
  await pause("onboarding");
  world.clock.advance("PT73H");

  // The batch stands before its write of the run, which it will hold a timer for.
  const blocker = new pg.Client({ connectionString: world.url });
  await blocker.connect();
  await blocker.query("begin; set local role wend_app");
  await blocker.query("select set_config('wend.workspace', $1, true)", [String(world.workspace.id)]);
  await blocker.query("select id from runs where id = $1 for update", [run.id]);
  const batch = world.advance();
  await expect.poll(() => countWaiting(world.url)).toBe(1);

  const resumed = resume("onboarding");
  await expect.poll(() => countWaiting(world.url)).toBe(2);
  await blocker.query("commit");
  await blocker.end();
  await Promise.all([batch, resumed]);

  world.clock.advance("PT1S");
  await world.advance();
  expect((await world.runs()).at(-1)).toMatchObject({ id: run.id, status: "ended", outcome: "silent" });
});

test("held signals are decided in one order of time with the timers they set", async () => {
  await world.publish("three-waits", {
    triggers: [{ type: "event", event: "Started" }],
    start: "delay",
    nodes: {
      delay: { type: "delay", for: "PT1H", next: "a" },
      a: { type: "waitForEvent", branches: [{ event: "A", next: "b" }], timeout: { after: "PT1H", next: "b" } },
      b: { type: "waitForEvent", branches: [{ event: "B", next: "got" }], timeout: { after: "PT10H", next: "missed" } },
      got: { type: "end", outcome: "got-b" },
      missed: { type: "end", outcome: "missed-b" },
    },
  });
  await world.track("patient", "Started");
  await world.advance();
  await pause("three-waits");
  world.clock.advance("PT5H");
  await world.track("patient", "B");
  await world.advance();
  await resume("three-waits");
  await world.advance();
  expect((await world.runs()).at(-1)).toMatchObject({ key: "three-waits", status: "ended", outcome: "got-b" });
});

test("a resume in the very millisecond in which a run's own timer is due is no conflict", async () => {
  await world.track("exact", "Started");
  await world.track("exact", "Signed Up");
  await world.advance();
  await pause("onboarding");
  await world.track("exact", "Activated");
  await world.advance();
  const [run] = await world.rows<{ id: string; wake_at: number }>(
    "select id, wake_at from runs where held is not null",
  );
  world.clock.set(run!.wake_at);
  await resume("onboarding");
  await world.advance();
  expect((await world.runs()).find((one) => one.id === run!.id)).toMatchObject({ outcome: "active" });
});
