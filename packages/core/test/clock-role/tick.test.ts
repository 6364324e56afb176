import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ManualClock } from "../../src/clock.ts";
import { clockTick, createClockMemory } from "../../src/clock-role/tick.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import { addConnection, addDeliveries, addInboxRow, addTimer, clearAll } from "./fixtures.ts";
import type { RecordingQueues } from "./recording-queues.ts";
import { recordQueues } from "./recording-queues.ts";

describe("a tick by the database's clock", () => {
  let world: TestStore;
  let recording: RecordingQueues;
  beforeAll(async () => {
    world = await createTestStore();
  });
  beforeEach(() => {
    recording = recordQueues();
  });
  afterEach(() => clearAll(world));
  afterAll(() => world.close());
  const tick = (memory = createClockMemory()) => clockTick({ store: world.store, queues: recording.queues }, memory);

  test("finds nothing in an idle house", async () => {
    expect(await tick()).toEqual({ shards: 0, forced: 0, deliveries: 0, parked: 0, lagMs: 0, nextInMs: undefined });
  });

  test("wakes shards whose oldest row nobody took", async () => {
    await addInboxRow(world, 3, 1_500);
    const report = await tick();
    expect(recording.woken).toEqual([[world.workspace.id, 3]]);
    expect(report.lagMs).toBeGreaterThanOrEqual(1_500);
  });

  test("wakes shards of all workspaces", async () => {
    const other = await createWorkspace(world.store, { slug: "other", name: "Other" });
    await addInboxRow(world, 1, 5_000);
    await addInboxRow({ store: world.store, workspace: other }, 1, 5_000);
    await tick();
    await clearAll({ store: world.store, workspace: other });
    expect(recording.woken.sort()).toEqual([
      [world.workspace.id, 1],
      [other.id, 1],
    ]);
  });

  test("wakes shards whose timers are due", async () => {
    await addTimer(world, 2, -60_000);
    await addTimer(world, 7, 60_000);
    const report = await tick();
    expect(recording.woken).toEqual([[world.workspace.id, 2]]);
    expect(report.lagMs).toBeGreaterThanOrEqual(60_000);
  });

  test("hands deliveries that lie without a job to their queue, and none that is not due", async () => {
    const connectionId = await addConnection(world);
    const stale = await addDeliveries(world, { connectionId, inMs: -1_500 }, 120);
    const expired = await addDeliveries(world, { connectionId, inMs: -2_000, state: "sending" });
    await addDeliveries(world, { connectionId, inMs: 30_000 });
    const report = await tick();
    expect(report.deliveries).toBe(121);
    expect(recording.dispatched).toHaveLength(1);
    expect(recording.dispatched[0]!.target).toEqual({ workspaceId: world.workspace.id, connectionId });
    expect([...recording.dispatched[0]!.ids].sort()).toEqual([...stale, ...expired].sort());
  });

  test("takes for on the way what a queue at work may still hold", async () => {
    const connectionId = await addConnection(world);
    await addDeliveries(world, { connectionId, inMs: -1_500 });
    const [lost] = await addDeliveries(world, { connectionId, inMs: -6_000 });
    recording.room = { waiting: 1, active: 1, ids: 20_000 };
    await tick();
    expect(recording.dispatched.map(({ ids }) => ids)).toEqual([[lost]]);
  });

  test("feeds no queue that has enough, and never more than fits, the oldest first", async () => {
    const connectionId = await addConnection(world);
    await addDeliveries(world, { connectionId, inMs: -10_000 }, 50);
    const oldest = await addDeliveries(world, { connectionId, inMs: -60_000 }, 50);
    recording.room = { waiting: 50, active: 2, ids: 15_000 };
    expect((await tick()).deliveries).toBe(0);
    recording.room = { waiting: 0, active: 0, ids: 50 };
    expect((await tick()).deliveries).toBe(50);
    expect([...recording.dispatched[0]!.ids].sort()).toEqual(oldest);
  });
});

describe("a tick by a manual clock", () => {
  let world: TestStore<ManualClock>;
  let recording: RecordingQueues;
  beforeAll(async () => {
    world = await createTestStore({ now: "1997-01-01T00:00:00Z" });
  });
  beforeEach(() => {
    recording = recordQueues();
  });
  afterEach(() => clearAll(world));
  afterAll(() => world.close());
  const tick = () => clockTick({ store: world.store, queues: recording.queues }, createClockMemory());

  test("fires a timer at its very instant and not before", async () => {
    await addTimer(world, 9, 86_400_000);
    world.clock.advance(86_399_999);
    expect((await tick()).shards).toBe(0);
    world.clock.advance(1);
    await tick();
    expect(recording.woken).toEqual([[world.workspace.id, 9]]);
  });

  test("leaves nothing to a moment that does not pass", async () => {
    await addInboxRow(world, 1, 0);
    const connectionId = await addConnection(world);
    await addDeliveries(world, { connectionId, inMs: 0 });
    const report = await tick();
    expect({ woken: recording.woken, deliveries: report.deliveries }).toEqual({
      woken: [[world.workspace.id, 1]],
      deliveries: 1,
    });
  });
});
