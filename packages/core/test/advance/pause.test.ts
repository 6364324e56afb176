import { afterAll, beforeAll, expect, test } from "vitest";
import type { PausedEntries } from "../../src/journeys/journey.ts";
import { pauseJourney, resumeJourney } from "../../src/journeys/pause-journey.ts";
import type { World } from "./world.ts";
import { createWorld, onboarding } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("onboarding", onboarding);
});
afterAll(() => world.close());

const pause = (entries?: PausedEntries) =>
  world.tx((tx) => pauseJourney(tx, { journey: "onboarding", actor: "test", entries }));
const resume = () => world.tx((tx) => resumeJourney(tx, { journey: "onboarding", actor: "test", shards: 1 }));
const byId = async (id: string) => (await world.runs()).find((run) => run.id === id)!;

test("while paused nobody leaves because time passed; on resume the signals are decided in their order", async () => {
  await world.track("early", "Signed Up");
  await world.track("late", "Signed Up");
  await world.track("silent", "Signed Up");
  await world.advance();
  const [early, late, silent] = await world.runs();
  await pause();

  world.clock.advance("PT71H");
  await world.track("early", "Activated");
  await world.advance();
  world.clock.advance("PT2H");
  await world.advance();
  await world.track("late", "Activated");
  await world.advance();
  expect((await world.runs()).map((run) => run.status)).toEqual(["active", "active", "active"]);
  expect(await world.count("timers")).toBe(0);

  await resume();
  world.clock.advance("PT1S");
  await world.advance();
  expect(await byId(early!.id)).toMatchObject({ outcome: "active", held: null });
  expect(await byId(late!.id)).toMatchObject({ outcome: "silent", held: null });
  expect(await byId(silent!.id)).toMatchObject({ outcome: "silent", held: null });
});

test("a run that held nothing waits on after a resume, with its timer", async () => {
  world.clock.advance("P1D");
  await world.track("patient", "Signed Up");
  await world.advance();
  const run = (await world.runs()).at(-1)!;
  await pause();
  world.clock.advance("PT1H");
  await resume();
  await world.advance();
  expect(await byId(run.id)).toMatchObject({ status: "active" });
  world.clock.advance("PT72H");
  await world.advance();
  expect(await byId(run.id)).toMatchObject({ outcome: "silent" });
});

const change = (journey: string) => ({ journey, actor: "test" });
const pauseOf = (journey: string) => world.tx((tx) => pauseJourney(tx, change(journey)));
const resumeOf = (journey: string) => world.tx((tx) => resumeJourney(tx, { ...change(journey), shards: 1 }));

test("a run whose exit a mere change of the profile brought while its journey was paused leaves on resume", async () => {
  await world.publish("upgrading", {
    triggers: [{ type: "event", event: "Trial Started" }],
    exits: [{ name: "upgraded", when: { op: "eq", left: { ref: "profile.plan" }, right: "pro" } }],
    start: "wait",
    nodes: {
      wait: { type: "delay", for: "P30D", next: "done" },
      done: { type: "end", outcome: "done" },
    },
  });
  await world.track("upgrader", "Trial Started");
  await world.advance();
  const run = (await world.runs()).at(-1)!;
  await pauseOf("upgrading");
  for (const plan of ["basic", "plus", "pro"]) await world.identify("upgrader", { plan });
  await world.advance();
  expect(await byId(run.id)).toMatchObject({ status: "active", held: [{ kind: "profile" }] });
  await resumeOf("upgrading");
  await world.advance();
  expect(await byId(run.id)).toMatchObject({ status: "ended", outcome: "upgraded", held: null });
});

test("a signal that was held is decided on the history before it, however long ago that is", async () => {
  await world.publish("recent", {
    triggers: [{ type: "event", event: "Looked In" }],
    start: "wait",
    nodes: {
      wait: {
        type: "waitForEvent",
        branches: [{ event: "Asked", where: { op: "did", event: "Bought", within: "PT1H" }, next: "recent" }],
        timeout: { after: "P90D", next: "done" },
      },
      recent: { type: "end", outcome: "recent" },
      done: { type: "end", outcome: "done" },
    },
  });
  await world.track("asker", "Looked In");
  await world.advance();
  const run = (await world.runs()).at(-1)!;
  await pauseOf("recent");
  await world.track("asker", "Bought");
  world.clock.advance("PT10M");
  await world.track("asker", "Asked");
  await world.advance();
  world.clock.advance("P20D");
  await resumeOf("recent");
  await world.advance();
  expect(await byId(run.id)).toMatchObject({ status: "ended", outcome: "recent" });
});
