import { EventEmitter } from "node:events";
import type { Dedupe } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { claimGroup } from "../../src/deliver/claim/claim-group.ts";
import { currentPlugin } from "../../src/process/plugin-scope.ts";
import type { World, WorldOptions } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;

const start = "2026-03-01T00:00:00Z";
const createAt = async (dedupe: Dedupe, connection: WorldOptions["connection"] = {}) => {
  world = await createWorld({ now: start, dedupe, connection });
};
const advance = (ms: number) => world.clock!.advance(ms);
const found = async (id: string) => (await world.find([id]))[0]!;

/** A worker that dies between the intent and the record: it claims, perhaps calls, and is never heard of again. */
async function dieAfterClaim(ids: readonly string[]): Promise<void> {
  const runtime = world.runtimeOf();
  const connection = await runtime.connections.open(world.target);
  const { calls } = await claimGroup(runtime, world.target, { connection, ids });
  expect(calls.length).toBe(ids.length);
}

describe("a worker that died between intent and record", () => {
  it("leaves its deliveries alone until its lease is over", async () => {
    await createAt({ by: "key", windowMs: 60_000 });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(14_999);
    await expect(world.deliver([id!])).resolves.toMatchObject({ skipped: 1 });
    advance(1);
    await expect(world.deliver([id!])).resolves.toMatchObject({ states: { accepted: 1 } });
  });

  it("key: is repeated with the same key within the provider's window", async () => {
    await createAt({ by: "key", windowMs: 60_000 });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(15_000);
    await world.deliver([id!]);
    const delivery = await found(id!);
    expect(world.provider.calls.map((call) => call.idempotencyKey)).toEqual([`${delivery.run_id}:2`]);
    expect(delivery).toMatchObject({ state: "accepted", attempt: 2, ambiguous: false });
    expect(await world.attempts(id!)).toEqual([
      { attempt: 1, outcome: "lost", code: "delivery.lease_lost" },
      { attempt: 2, outcome: "accepted", code: null },
    ]);
  });

  it("key: is unknown once the window is over", async () => {
    await createAt({ by: "key", windowMs: 20_000 });
    const [id] = await world.plan([{ awaited: true }]);
    await dieAfterClaim([id!]);
    advance(20_000);
    await world.deliver([id!]);
    expect(world.provider.calls).toHaveLength(0);
    expect(await found(id!)).toMatchObject({
      state: "unknown",
      reason: "delivery.unknown_outcome",
      ambiguous: true,
      due_at: null,
    });
    expect(await world.sql("select detail from inbox where workspace_id = $1")).toEqual([
      { detail: { seq: 2, outcome: "unknown" } },
    ]);
  });

  it("lookup: is asked about after it has settled, and recorded when the provider has it", async () => {
    await createAt({ by: "lookup", settleMs: 5_000 });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(15_000);
    await expect(world.deliver([id!])).resolves.toMatchObject({ states: { queued: 1 } });
    expect(await found(id!)).toMatchObject({ due_at: Date.parse(start) + 20_000, attempt: 1, ambiguous: true });
    advance(5_000);
    world.provider.lookup = async (key) => ({ outcome: "accepted", providerId: `of ${key}` });
    await world.deliver([id!]);
    const delivery = await found(id!);
    expect(delivery).toMatchObject({ state: "accepted", provider_id: `of ${delivery.run_id}:2` });
    expect(world.provider.calls).toHaveLength(0);
    expect((await world.attempts(id!)).at(-1)).toEqual({ attempt: 2, outcome: "found", code: null });
  });

  it("lookup: is asked as the plugin's own code, to which a later error is put down", async () => {
    await createAt({ by: "lookup", settleMs: 0 });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(15_000);
    const scopes: unknown[] = [];
    world.provider.lookup = async () => {
      const emitter = new EventEmitter().on("later", () => scopes.push(currentPlugin()));
      await new Promise<void>((resolve) => setImmediate(() => resolve(void emitter.emit("later"))));
      return { outcome: "unclear" };
    };
    await world.deliver([id!]);
    expect(scopes).toEqual([{ plugin: world.connection.plugin, connectionId: world.connection.id }]);
  });

  it("lookup: is not asked before it has settled, even if its journey was paused meanwhile", async () => {
    await createAt({ by: "lookup", settleMs: 600_000 });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(15_000);
    await world.sql("update journeys set status = 'paused' where workspace_id = $1");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "queued", due_at: Date.parse(start) + 615_000 });
  });

  it("lookup: is called again when the provider has never heard of it", async () => {
    await createAt({ by: "lookup", settleMs: 0 });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(15_000);
    world.provider.lookup = async () => ({ outcome: "absent" });
    await world.deliver([id!]);
    expect(world.provider.calls).toHaveLength(1);
    expect(await found(id!)).toMatchObject({ state: "accepted", ambiguous: false });
  });

  it("lookup: is asked again while it is unclear or the question fails, and in the end is unknown; never called", async () => {
    await createAt({ by: "lookup", settleMs: 0 });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    let asked = 0;
    world.provider.lookup = async () => {
      if (++asked % 2) throw new Error("down");
      return { outcome: "unclear" };
    };
    for (let i = 0; i < 40 && (await found(id!)).state !== "unknown"; i++) {
      advance(3_600_000);
      await world.deliver([id!]);
    }
    expect(await found(id!)).toMatchObject({ state: "unknown", attempt: 20 });
    expect(asked).toBe(19);
    expect(world.provider.calls).toHaveLength(0);
  });

  it("natural: is simply repeated", async () => {
    await createAt({ by: "natural" });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(15_000);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "accepted", attempt: 2 });
  });

  it.each([
    ["hold", "unknown", 0],
    ["drop", "discarded", 0],
    ["resend", "accepted", 1],
  ] as const)("none: does what the connection chose: %s", async (onUnknown, state, calls) => {
    await createAt({ by: "none" }, { onUnknown });
    const [id] = await world.plan(1);
    await dieAfterClaim([id!]);
    advance(15_000);
    await world.deliver([id!]);
    expect((await found(id!)).state).toBe(state);
    expect(world.provider.calls).toHaveLength(calls);
    await expect(world.deliver([id!])).resolves.toMatchObject({ skipped: 1 });
  });
});

describe("a call whose outcome is lost", () => {
  const timeout = () => Promise.reject(new WendError("provider.unknown_outcome"));

  it.each([
    [{ by: "key", windowMs: 60_000 }, "queued", 500],
    [{ by: "key", windowMs: 400 }, "unknown", null],
    [{ by: "lookup", settleMs: 9_000 }, "queued", 9_000],
    [{ by: "natural" }, "queued", 500],
  ] as const)("by %j is %s", async (dedupe, state, pause) => {
    await createAt(dedupe);
    world.provider.handle = timeout;
    const [id] = await world.plan(1);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({
      state,
      ambiguous: true,
      due_at: pause === null ? null : Date.parse(start) + pause,
      error: { code: "provider.unknown_outcome" },
    });
    expect((await world.attempts(id!))[0]).toMatchObject({ outcome: "ambiguous" });
  });

  it("stays ambiguous through later faults, and is never written off as failed", async () => {
    await createAt({ by: "key", windowMs: 86_400_000 });
    const answers = [
      "provider.unknown_outcome",
      ...Array.from({ length: 30 }, () => "provider.unavailable" as const),
    ] as const;
    let call = 0;
    world.provider.handle = () => Promise.reject(new WendError(answers[call++]!));
    const [id] = await world.plan(1);
    for (let i = 0; i < 25 && (await found(id!)).state === "queued"; i++) {
      await world.deliver([id!]);
      advance(3_600_000);
    }
    expect(await found(id!)).toMatchObject({ state: "unknown", ambiguous: true, attempt: 20 });
  });

  it("suppressed meanwhile is unknown, not suppressed: it may have been sent", async () => {
    await createAt({ by: "key", windowMs: 86_400_000 });
    world.provider.handle = timeout;
    const [id] = await world.plan(1);
    await world.deliver([id!]);
    advance(1_000);
    await world.sql("update runs set status = 'ended', ended_by = 'exit' where workspace_id = $1");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "unknown", reason: "exited" });
    expect(world.provider.calls).toHaveLength(1);
  });

  it("suppressed meanwhile is suppressed when a lookup shows that it never was sent", async () => {
    await createAt({ by: "lookup", settleMs: 0 });
    world.provider.handle = timeout;
    world.provider.lookup = async () => ({ outcome: "absent" });
    const [id] = await world.plan(1);
    await world.deliver([id!]);
    advance(1_000);
    await world.sql("update runs set status = 'ended', ended_by = 'goal' where workspace_id = $1");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "suppressed", reason: "goal_reached", ambiguous: false });
    expect(world.provider.calls).toHaveLength(1);
  });
});

describe("the fence", () => {
  it("refuses what a stopped worker records after another has claimed, and counts it", async () => {
    await createAt({ by: "key", windowMs: 86_400_000 });
    const [id, other] = await world.plan([{ awaited: true }, {}]);
    const second = world.createWorker();
    const stopped = Promise.withResolvers<unknown>();
    const reached = Promise.withResolvers<void>();
    world.provider.handle = ({ attempt, deliveryId }) => {
      if (attempt > 1 || deliveryId === other)
        return Promise.resolve({ providerId: `by attempt ${attempt}`, output: {} });
      reached.resolve();
      return stopped.promise;
    };
    const first = world.deliver([id!, other!]);
    await reached.promise;
    advance(15_000);
    await second([id!]);
    stopped.resolve({ providerId: "too late", output: {} });
    await expect(first).resolves.toEqual({ states: { accepted: 1 }, fenceRejected: 1, skipped: 0 });
    expect(await found(id!)).toMatchObject({ state: "accepted", provider_id: "by attempt 2", attempt: 2 });
    expect(await world.attempts(id!)).toMatchObject([{ outcome: "lost" }, { outcome: "accepted" }]);
    expect(await world.sql("select count(*)::int as n from inbox where workspace_id = $1")).toEqual([{ n: 1 }]);
    expect(world.warnings).toMatchObject([{ deliveryIds: [id] }]);
  });
});

describe("a fence under another worker's claim", () => {
  it("refuses the late record while the other still calls", async () => {
    await createAt({ by: "key", windowMs: 86_400_000 });
    const [id] = await world.plan(1);
    const second = world.createWorker();
    const calls = [1, 2].map(() => ({
      reached: Promise.withResolvers<void>(),
      answer: Promise.withResolvers<unknown>(),
    }));
    world.provider.handle = ({ attempt }) => {
      calls[attempt - 1]!.reached.resolve();
      return calls[attempt - 1]!.answer.promise;
    };
    const first = world.deliver([id!]);
    await calls[0]!.reached.promise;
    advance(15_000);
    const other = second([id!]);
    await calls[1]!.reached.promise;
    calls[0]!.answer.resolve({ providerId: "too late", output: {} });
    await expect(first).resolves.toMatchObject({ fenceRejected: 1 });
    expect(await found(id!)).toMatchObject({ state: "sending", attempt: 2, provider_id: null });
    calls[1]!.answer.resolve({ providerId: "in time", output: {} });
    await expect(other).resolves.toMatchObject({ states: { accepted: 1 } });
    expect(await found(id!)).toMatchObject({ state: "accepted", provider_id: "in time" });
  });
});

describe("the lease", () => {
  it("makes a worker that was stopped between intent and call give up instead of calling", async () => {
    await createAt({ by: "none" }, { onUnknown: "hold", concurrency: 10 });
    const [slow, late] = await world.plan([{ input: { text: "{{ profile.name }}" } }, {}]);
    // The first delivery of the group is on its way when the process is stopped for more than half its lease.
    world.provider.handle = async ({ deliveryId }) => {
      if (deliveryId === slow) advance(8_000);
      return { output: {} };
    };
    const report = await world.deliver([slow!, late!]);
    expect(report.states).toEqual({ accepted: 1, queued: 1 });
    expect(world.provider.calls).toHaveLength(1);
    expect(await found(late!)).toMatchObject({ state: "queued", attempt: 0, first_call_at: null, ambiguous: false });
    expect(await world.attempts(late!)).toEqual([]);
    await world.deliver([late!]);
    expect(await found(late!)).toMatchObject({ state: "accepted", attempt: 1 });
  });
});
