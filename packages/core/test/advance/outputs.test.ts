import { afterAll, beforeAll, expect, test } from "vitest";
import { advanceShard } from "../../src/advance/advance-shard.ts";
import { pauseJourney, resumeJourney } from "../../src/journeys/pause-journey.ts";
import { counting } from "./counting.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("asking", {
    triggers: [{ type: "event", event: "Left" }],
    entry: { reentry: "always" },
    start: "ask",
    nodes: {
      ask: {
        type: "send",
        connection: "news",
        action: "ask",
        input: {},
        as: "answer",
        outcome: { policy: "exit" },
        next: "busy",
      },
      busy: {
        type: "split",
        branches: [{ when: { op: "gt", left: { ref: "vars.answer.open" }, right: 0 }, next: "yes" }],
        else: "no",
      },
      yes: { type: "end", outcome: "yes" },
      no: { type: "end", outcome: "no" },
    },
  });
});
afterAll(() => world.close());

const enter = async (...userIds: string[]) => {
  const known = new Set((await world.runs()).map(({ id }) => id));
  for (const userId of userIds) await world.track(userId, "Left");
  await world.advance();
  return (await world.runs()).map(({ id }) => id).filter((id) => !known.has(id));
};

/** What deliver would write of a call that was answered. */
const answer = async (runId: string, output: object | null) => {
  await world.rows("update deliveries set state = 'accepted', output = $2 where run_id = $1", [
    runId,
    output && JSON.stringify(output),
  ]);
  await world.outcome(runId, 1, "accepted");
};

const outcomesOf = async (ids: readonly string[]) => {
  const runs = await world.runs();
  return ids.map((id) => runs.find((run) => run.id === id)!.outcome);
};

test("each run goes on by what its own delivery returned, and one without an answer by the lack of it", async () => {
  const ids = await enter("ada", "ben", "cem");
  for (const [index, output] of [{ open: 2 }, { open: 0 }, null].entries()) await answer(ids[index]!, output);
  await world.advance();
  expect(await outcomesOf(ids)).toEqual(["yes", "no", "no"]);
});

test("the next run of the same customer does not read what the one before was told", async () => {
  const [first] = await enter("dan");
  await answer(first!, { open: 2 });
  await world.advance();
  const [second] = await enter("dan");
  await answer(second!, { open: 0 });
  await world.advance();
  expect(await outcomesOf([first!, second!])).toEqual(["yes", "no"]);
});

test("a paused journey keeps the outcome, and reads what was returned on the resume", async () => {
  const [id] = await enter("eve");
  await world.tx((tx) => pauseJourney(tx, { journey: "asking", actor: "test", entries: undefined }));
  await answer(id!, { open: 2 });
  await world.advance();
  expect(await outcomesOf([id!])).toEqual([null]);
  await world.tx((tx) => resumeJourney(tx, { journey: "asking", actor: "test", shards: 1 }));
  world.clock.advance("PT1S");
  await world.advance();
  expect(await outcomesOf([id!])).toEqual(["yes"]);
});

test("a batch reads what 1 or 100 runs are told by as many statements", async () => {
  const advance = async () => {
    const { runtime, statements } = counting(world);
    const { steps } = await advanceShard(runtime, { workspaceId: world.workspace.id, shard: 0 });
    return { steps, statements: statements.length };
  };
  const [one] = await enter("fay");
  const many = await enter(...Array.from({ length: 100 }, (_, index) => `many-${index}`));
  await answer(one!, { open: 1 });
  const small = await advance();
  for (const id of many) await answer(id, { open: 1 });
  expect(await advance()).toEqual({ steps: 100 * small.steps, statements: small.statements });
});
