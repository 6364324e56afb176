import { afterAll, expect, test } from "vitest";
import { advanceShard } from "../../src/advance/advance-shard.ts";
import { counting } from "./counting.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

const world: World = await createWorld();
afterAll(() => world.close());

async function advanceCounted(): Promise<{ statements: number; steps: number; batches: number }> {
  const { runtime, statements } = counting(world);
  const report = await advanceShard(runtime, { workspaceId: world.workspace.id, shard: 0 });
  return { statements: statements.length, steps: report.steps, batches: report.batches };
}

async function customers(prefix: string, count: number) {
  const ids = Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
  await world.accept.events(
    world.workspace.id,
    ids.map((userId) => ({
      kind: "identify" as const,
      name: "$identify",
      userId,
      traits: { email: `${userId}@example.test` },
    })),
  );
  await world.accept.consent(
    world.workspace.id,
    ids.map((userId) => ({
      userId,
      channel: "email",
      purpose: "promotional",
      state: "granted" as const,
      source: "test",
    })),
  );
  while ((await world.advance()).rows > 0);
  return (name: string) =>
    world.accept.events(
      world.workspace.id,
      ids.map((userId) => ({ kind: "track" as const, name, userId, properties: { total: 12 } })),
    );
}

test("a batch costs the same number of statements for 1 and for 1,000 profiles, with everything in play", async () => {
  await world.publish("all", {
    triggers: [{ type: "event", event: "Ordered" }],
    entry: { reentry: "always" },
    goal: { event: "Returned" },
    start: "split",
    nodes: {
      split: {
        type: "split",
        branches: [{ when: { op: "gte", left: { count: { event: "Ordered" } }, right: 1 }, next: "count" }],
        else: "count",
      },
      count: { type: "updateProfile", increment: { orders: 1 }, next: "mail" },
      mail: {
        type: "send",
        connection: "news",
        action: "send",
        input: { subject: "Thanks for {{ event.properties.total }}" },
        outcome: { policy: "continue" },
        next: "wait",
      },
      wait: {
        type: "waitForEvent",
        branches: [{ event: "Rated", next: "done" }],
        timeout: { after: "PT1H", next: "done" },
      },
      done: { type: "end", outcome: "done" },
    },
  });
  // Compiles the version, so that reading its definition is not counted below.
  const warm = await customers("warm", 1);
  await warm("Ordered");
  await world.advance();

  const one = await customers("one", 1);
  const thousand = await customers("thousand", 1_000);
  for (const name of ["Ordered", "Rated"]) {
    await one(name);
    const small = await advanceCounted();
    await thousand(name);
    const large = await advanceCounted();
    expect(large.steps).toBe(1_000 * small.steps);
    expect(large).toMatchObject({ batches: 1, statements: small.statements });
    console.log(`${name}: ${small.statements} statements for 1 profile, ${large.statements} for 1,000`);
  }
  expect(await world.count("deliveries where state = 'queued'")).toBe(1_002);
});
