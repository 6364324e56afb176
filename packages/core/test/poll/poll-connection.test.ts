import { WendError } from "@wend/plugin";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PollWorld } from "./world.ts";
import { createPollWorld, everyMs, found } from "./world.ts";

let world: PollWorld;
beforeAll(async () => {
  world = await createPollWorld();
});
beforeEach(() => {
  world.script.poll = async () => found("end");
  world.hooks.beforeCommit = async () => {};
});
afterAll(() => world?.close());

/** Answers by cursor, and keeps which were asked for. */
const answer = (pages: Record<string, ReturnType<typeof found>>) => {
  const asked: (string | null)[] = [];
  world.script.poll = async (cursor) => {
    asked.push(cursor);
    return pages[String(cursor)]!;
  };
  return asked;
};
const fail = (error: unknown) => {
  world.script.poll = () => Promise.reject(error);
};
const now = () => world.clock.now();

describe("a connection that polls", () => {
  it("is asked at once, and again when its plugin wants it, each time from where it stopped", async () => {
    const connection = await world.begin();
    const asked = answer({ null: found("a", ["one"]), a: found("b", ["two"]) });
    expect(await connection.row()).toBeUndefined();
    expect(await connection.poll()).toBe(true);
    expect(await connection.row()).toMatchObject({ cursor: "a", due_at: now() + everyMs, error: null });
    expect(await connection.poll()).toBe(false);
    world.clock.advance(everyMs);
    expect(await connection.poll()).toBe(true);
    expect(asked).toEqual([null, "a"]);
    expect(await connection.stored()).toEqual(["one", "two"]);
  });

  it("is asked again at once while there is more", async () => {
    const connection = await world.begin();
    const asked = answer({ null: found("a", ["1"], true), a: found("b", [], true), b: found("c", ["2"]) });
    await connection.poll();
    expect(asked).toEqual([null, "a", "b"]);
    expect(await connection.stored()).toEqual(["1", "2"]);
    expect(await connection.row()).toMatchObject({ cursor: "c", due_at: now() + everyMs, claim: 1 });
  });

  it("belongs to the workers of its channel", async () => {
    const connection = await world.begin();
    expect(await connection.findDue(world.runtime, ["email", "crm"])).toHaveLength(1);
    expect(await connection.findDue(world.runtime, ["email"])).toEqual([]);
  });

  it("begins to once its plugin has learnt it, and has no row before", async () => {
    const connection = await world.begin();
    expect(await connection.poll(world.withoutPoll())).toBe(false);
    expect(await connection.row()).toBeUndefined();
    expect(await connection.poll()).toBe(true);
    expect(await connection.row()).toMatchObject({ cursor: "end" });
    world.clock.advance(everyMs);
    expect(await connection.poll(world.withoutPoll())).toBe(false);
  });
});

describe("what is found and the cursor behind it", () => {
  it.each([
    ["the storing fails", () => async () => Promise.reject(new Error("no"))],
    ["the database ends the transaction", () => world.kill],
  ])("are both not stored when %s, and found again", async (_, breaking) => {
    const connection = await world.begin();
    answer({ null: found("a", ["one"], true), a: found("b", ["two"]), b: found("c") });
    let commits = 0;
    const broken = breaking();
    world.hooks.beforeCommit = async (tx) => {
      if (++commits === 2) await broken(tx);
    };
    await connection.poll();
    expect(await connection.stored()).toEqual(["one"]);
    expect(await connection.row()).toMatchObject({ cursor: "a", error: { failures: 1 } });
    world.clock.advance(everyMs);
    await connection.poll();
    expect(await connection.stored()).toEqual(["one", "two"]);
    expect(await connection.row()).toMatchObject({ cursor: "b", error: null });
  });

  it("are not stored by a worker whose lease is over, once another has claimed the poll", async () => {
    const connection = await world.begin();
    const slow = Promise.withResolvers<ReturnType<typeof found>>();
    const begun = Promise.withResolvers<void>();
    world.script.poll = () => {
      begun.resolve();
      return slow.promise;
    };
    const first = connection.poll();
    await begun.promise;
    world.clock.advance("PT60S");
    answer({ null: found("b", ["by the second"]) });
    expect(await connection.poll(world.createRuntime())).toBe(true);
    slow.resolve(found("a", ["by the first"]));
    await first;
    expect(await connection.stored()).toEqual(["by the second"]);
    expect(await connection.row()).toMatchObject({ cursor: "b", claim: 2, error: null });
  });
});

describe("two workers", () => {
  it("never ask one connection at once", async () => {
    const connection = await world.begin();
    const workers = [world.createRuntime(), world.createRuntime(), world.createRuntime()];
    let under = 0;
    let most = 0;
    let calls = 0;
    world.script.poll = async () => {
      most = Math.max(most, ++under);
      await connection.row();
      under--;
      return found(String(++calls));
    };
    for (let round = 1; round <= 5; round++) {
      await Promise.all(workers.map((worker) => connection.poll(worker)));
      expect([round, calls, most]).toEqual([round, round, 1]);
      world.clock.advance(everyMs);
    }
  });
});

describe("a call that fails", () => {
  it("is made again after pauses that grow, and leaves its error until one succeeds", async () => {
    const connection = await world.begin();
    fail(new WendError("provider.unavailable", { detail: "ECONNREFUSED" }));
    const pauses = [];
    for (const failures of [1, 2, 3, 4]) {
      expect(await connection.poll()).toBe(true);
      const { due_at, error } = (await connection.row())!;
      expect(error).toEqual({ code: "provider.unavailable", detail: "ECONNREFUSED", failures, at: now() });
      pauses.push(due_at - now());
      world.clock.set(due_at);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000]);
    world.script.poll = async () => found("end");
    await connection.poll();
    expect(await connection.row()).toMatchObject({ cursor: "end", error: null, due_at: now() + everyMs });
  });

  it.each([
    ["by a passing fault", new WendError("provider.unavailable"), ["provider.unavailable", 500]],
    [
      "because it asks for time",
      new WendError("provider.rate_limited", { retryAfterMs: 90_000 }),
      ["provider.rate_limited", 90_000],
    ],
    ["for good", new WendError("provider.rejected"), ["provider.rejected", 450_000]],
    ["without a code", new Error("s3cret"), ["plugin.crashed", 500]],
  ])("%s waits as its code says", async (_, error, expected) => {
    const connection = await world.begin();
    fail(error);
    await connection.poll();
    const row = (await connection.row())!;
    expect([row.error?.code, row.due_at - now()]).toEqual(expected);
    expect(JSON.stringify(row)).not.toContain("s3cret");
  });

  it.each([
    ["nothing", undefined],
    ["no cursor", { more: false }],
    ["a cursor that is too long", found("x".repeat(10_001))],
    ["the same cursor and more behind it", found("start", [], true)],
  ])("by answering %s is one of the plugin, and stores nothing", async (_, answered) => {
    const connection = await world.begin();
    world.script.poll = async () => found("start");
    await connection.poll();
    world.clock.advance(everyMs);
    world.script.poll = async () => answered as never;
    await connection.poll();
    expect(await connection.row()).toMatchObject({ cursor: "start", error: { code: "plugin.bad_output" } });
  });
});

describe("a worker that is told to stop", () => {
  it("gives the poll back at once, whatever its plugin does, and says nothing against it", async () => {
    const connection = await world.begin();
    const stop = new AbortController();
    const begun = Promise.withResolvers<AbortSignal>();
    world.script.poll = (_cursor, signal) => {
      begun.resolve(signal);
      return new Promise(() => {});
    };
    const polled = connection.poll(world.runtime, stop.signal);
    const signal = await begun.promise;
    stop.abort();
    await polled;
    expect(signal.aborted).toBe(true);
    expect(await connection.row()).toMatchObject({ cursor: null, due_at: now(), error: null });
    world.script.poll = async () => found("end");
    expect(await connection.poll(world.createRuntime())).toBe(true);
  });

  it("keeps what it has stored of several parts", async () => {
    const connection = await world.begin();
    const stop = new AbortController();
    answer({ null: found("a", ["one"], true), a: found("b", ["two"]) });
    world.hooks.beforeCommit = async () => stop.abort();
    await connection.poll(world.runtime, stop.signal);
    expect(await connection.stored()).toEqual(["one"]);
    expect(await connection.row()).toMatchObject({ cursor: "a", due_at: now(), error: null });
  });
});
