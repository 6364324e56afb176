import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "../../src/ids.ts";
import { loadRun } from "../../src/runs/load-run.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import { step, writeJourney, writeProfile, writeRun } from "../profiles/story.ts";

const noon = Date.UTC(2026, 0, 1, 12);
const hour = 3_600_000;

const nodes = {
  pause: { type: "delay", for: "PT2H", next: "order" },
  order: {
    type: "waitForEvent",
    branches: [
      { event: "Order Completed", next: "done" },
      { event: "Order Completed", next: "mail" },
      { event: "Refund Asked", next: "done" },
    ],
    timeout: { after: "P1D", next: "mail" },
  },
  mail: { type: "send", connection: "mail", action: "send", input: {}, outcome: { policy: "exit" }, next: "done" },
  done: { type: "end", outcome: "completed" },
};

describe("a run that is loaded", () => {
  let test: TestStore;
  let profileId: string;
  let journeyId: string;
  const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(test.store, test.workspace.id, work);

  beforeAll(async () => {
    test = await createTestStore();
    await within(async (tx) => {
      profileId = await writeProfile(tx, "ada");
      journeyId = await writeJourney(tx, "welcome", nodes);
    });
  });
  afterAll(() => test.close());

  it("shows its journey, its entry, its completed visits in order and its vars", async () => {
    const run = await within(async (tx) =>
      loadRun(
        tx,
        (
          await writeRun(tx, {
            profileId,
            journeyId,
            entryKey: "order-1",
            startedAt: noon,
            nodeId: "pause",
            since: noon + 2,
            seq: 3,
            wakeAt: noon + 2 * hour,
            vars: { order: { total: 12.3 } },
            steps: [step(2, "b", { enteredAt: noon + 1, leftAt: noon + 2 }), step(1, "a", { leftAt: noon + 1 })],
          })
        ).id,
      ),
    );
    expect(run).toMatchObject({
      journeyId,
      profileId,
      entryKey: "order-1",
      journey: { key: "welcome", name: "The welcome", status: "live" },
      entry: { name: "Signed Up", receivedAt: noon },
      vars: { order: { total: 12.3 } },
      stepsBefore: null,
      held: [],
    });
    expect(run.steps.map((each) => [each.seq, each.nodeId, each.leftAt])).toEqual([
      [1, "a", noon + 1],
      [2, "b", noon + 2],
    ]);
  });

  it.each([
    {
      at: "pause",
      wakeAt: noon + hour,
      type: "delay",
      waitsFor: { kind: "time", until: noon + hour },
      says: "It waits at “pause” until 2026-01-01 13:00:00 UTC.",
    },
    {
      at: "order",
      wakeAt: noon + hour,
      type: "waitForEvent",
      waitsFor: { kind: "event", events: ["Order Completed", "Refund Asked"], until: noon + hour },
      says: "It waits at “order” for “Order Completed” or “Refund Asked”, at most until 2026-01-01 13:00:00 UTC.",
    },
    {
      at: "mail",
      wakeAt: null,
      type: "send",
      waitsFor: { kind: "outcome" },
      says: "It waits at “mail” for the outcome of its delivery.",
    },
  ])("says what it waits for at a $type node", async ({ at, wakeAt, type, waitsFor, says }) => {
    const run = await within(async (tx) => {
      const { id } = await writeRun(tx, {
        profileId,
        journeyId,
        entryKey: at,
        nodeId: at,
        since: noon,
        seq: 4,
        wakeAt,
      });
      return loadRun(tx, id);
    });
    expect(run.visit).toEqual({ seq: 4, nodeId: at, type, enteredAt: noon, waitsFor });
    expect(run.says).toBe(says);
  });

  it("shows the error that parked it and the signals kept for it", async () => {
    const error = { code: "run.node_failed", nodeId: "pause", detail: "Trait n is a string." };
    const run = await within(async (tx) => {
      const { id } = await writeRun(tx, {
        profileId,
        journeyId,
        entryKey: "e",
        status: "failed",
        nodeId: "pause",
        error,
      });
      await tx.run("update runs set held = $3 where workspace_id = $1 and id = $2", [
        tx.workspaceId,
        id,
        JSON.stringify([
          { kind: "event", at: noon, id: uuidv7(), name: "Order Completed", occurredAt: noon, properties: { a: 1 } },
          { kind: "timer", at: noon + 1 },
          { kind: "outcome", at: noon + 2, seq: 1, outcome: "accepted" },
        ]),
      ]);
      return loadRun(tx, id);
    });
    expect(run.error).toEqual(error);
    expect(run.visit?.waitsFor).toEqual({ kind: "retry" });
    expect(run.held).toEqual([
      { kind: "event", at: noon, what: "Order Completed" },
      { kind: "timer", at: noon + 1, what: null },
      { kind: "outcome", at: noon + 2, what: "accepted" },
    ]);
    expect(run.says).toBe(
      "It is parked at “pause” by the error run.node_failed: Trait n is a string. 3 signals are kept for later.",
    );
  });

  it("says that its journey is paused", async () => {
    const run = await within(async (tx) => {
      const paused = await writeJourney(tx, "paused", nodes);
      await tx.run("update journeys set status = 'paused' where workspace_id = $1 and id = $2", [
        tx.workspaceId,
        paused,
      ]);
      const { id } = await writeRun(tx, { profileId, journeyId: paused, nodeId: "pause", wakeAt: noon });
      return loadRun(tx, id);
    });
    expect(run.says).toContain("The journey is paused, so nothing moves until it is resumed.");
  });

  it.each([
    { endedBy: "end", outcome: "completed", says: "It went through to the end with the outcome “completed”." },
    { endedBy: "goal", outcome: "goal", says: "It ended because the goal was reached." },
    { endedBy: "exit", outcome: "unsubscribed", says: "It ended by the exit “unsubscribed”." },
    { endedBy: "exit", outcome: "delivery_suppressed", says: "It ended because its delivery was suppressed." },
    { endedBy: "exit", outcome: "delivery_unknown", says: "It ended because its delivery has an unknown outcome." },
  ] as const)("has no visit once ended by $endedBy $outcome, and says so", async ({ endedBy, outcome, says }) => {
    const run = await within(async (tx) => {
      const more = { status: "ended", endedAt: noon, endedBy, outcome, entryKey: outcome } as const;
      return loadRun(tx, (await writeRun(tx, { profileId, journeyId, ...more })).id);
    });
    expect(run.visit).toBeNull();
    expect(run.says).toBe(says);
  });

  it("gives its last 500 steps, and older ones when asked", async () => {
    const steps = Array.from({ length: 501 }, (_, i) => step(i + 1, "n"));
    const run = await within((tx) => writeRun(tx, { profileId, journeyId, entryKey: "long", seq: 502, steps }));
    const last = await within((tx) => loadRun(tx, run.id));
    expect([last.steps[0]?.seq, last.steps.at(-1)?.seq, last.stepsBefore]).toEqual([2, 501, 2]);
    const older = await within((tx) => loadRun(tx, run.id, last.stepsBefore!));
    expect([older.steps.map(({ seq }) => seq), older.stepsBefore]).toEqual([[1], null]);
  });

  it("is unknown to another workspace as if it did not exist", async () => {
    const run = await within((tx) => writeRun(tx, { profileId, journeyId, entryKey: "mine" }));
    const other = await createWorkspace(test.store, { slug: "other", name: "Other", shards: 1 });
    const ask = (id: string) => inWorkspace(test.store, other.id, (tx) => loadRun(tx, id)).catch((error) => error);
    expect(await ask(run.id)).toMatchObject({ code: "run.not_found" });
    expect(String(await ask(run.id))).toBe(String(await ask(uuidv7())));
  });
});
