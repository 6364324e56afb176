import { afterAll, beforeAll, expect, test } from "vitest";
import { retryRun } from "../../src/runs/retry-run.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("counting", {
    triggers: [{ type: "event", event: "Ordered" }],
    start: "count",
    nodes: {
      count: { type: "updateProfile", increment: { orders: 1 }, next: "wait" },
      wait: {
        type: "waitForEvent",
        branches: [{ event: "Rated", next: "rated" }],
        timeout: { after: "PT1H", next: "silent" },
      },
      rated: { type: "end", outcome: "rated" },
      silent: { type: "end", outcome: "silent" },
    },
  });
});
afterAll(() => world.close());

const retry = (runId: string) => world.tx((tx) => retryRun(tx, { runId, shards: 1 }));
const last = async () => (await world.runs()).at(-1)!;

test("a run that an error parked goes on from its node when it is retried, once the cause is gone", async () => {
  await world.identify("ann", { orders: "many" });
  await world.track("ann", "Ordered");
  await world.advance();
  const parked = await last();
  expect(parked).toMatchObject({ status: "failed", node_id: "count" });
  expect(parked.error?.code).toMatch(/^run\./);

  await retry(parked.id);
  await world.advance();
  expect(await last()).toMatchObject({ status: "failed" });

  await world.identify("ann", { orders: 2 });
  await retry(parked.id);
  await world.advance();
  expect(await last()).toMatchObject({ status: "active", node_id: "wait", error: null });
  await world.track("ann", "Rated");
  await world.advance();
  expect(await last()).toMatchObject({ status: "ended", outcome: "rated" });
});

test("an error of one run holds up no other of the same batch", async () => {
  await world.identify("bob", { orders: "many" });
  await world.track("bob", "Ordered");
  await world.track("cem", "Ordered");
  await world.advance();
  expect((await world.runs()).slice(-2).map((run) => run.status)).toEqual(["failed", "active"]);
});

test("only a parked run is retried", async () => {
  await expect(retry((await last()).id)).rejects.toMatchObject({ code: "run.wrong_state" });
  await expect(retry("01900000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "run.not_found" });
});
