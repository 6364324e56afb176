import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WendError } from "@wend/plugin";
import { describe, expect, it, onTestFinished } from "vitest";
import { claimGroup } from "../../src/deliver/claim/claim-group.ts";
import { createOutbound } from "../../src/outbound/outbound.ts";
import { countStatements } from "./count-statements.ts";
import type { Handler, World, WorldOptions } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;

const start = "2026-03-01T00:00:00Z";
const found = async (id: string) => (await world.find([id]))[0]!;
const sizes = () => world.provider.batches.map((items) => items.length);
const texts = (...all: string[]) => all.map((text) => ({ input: { text } }));

// What the provider says to each text, in a batch or alone.
const script: Handler = async ({ input, idempotencyKey }) => {
  if (input.text === "refused") throw new WendError("provider.rejected", { detail: "HTTP 410." });
  if (input.text === "later") throw new WendError("provider.unavailable");
  if (input.text === "lost") throw new WendError("provider.unknown_outcome");
  if (input.text === "crash") throw new TypeError("secret detail");
  if (input.text === "garbage") return 42;
  if (input.text === "bad output") return { output: { receipt: 5 } };
  return { providerId: `of ${idempotencyKey}`, output: { receipt: "r" } };
};
const said = ["fine", "refused", "later", "lost", "crash", "garbage", "bad output", "fine too"];

describe("a batch", () => {
  it("carries up to its size in one call, each delivery with its own key, and nothing goes out alone", async () => {
    world = await createWorld({ batch: 3 });
    const ids = await world.plan(7);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 7 } });
    expect(sizes()).toEqual([3, 3, 1]);
    expect(world.provider.calls).toEqual([]);
    const rows = await world.find(ids);
    const items = world.provider.batches.flat();
    expect(items.map(({ deliveryId }) => deliveryId)).toEqual(ids);
    expect(items.map(({ idempotencyKey }) => idempotencyKey)).toEqual(rows.map((row) => `${row.run_id}:2`));
    expect(items[0]).toEqual({
      input: { text: "Hi Ann" },
      address: undefined,
      idempotencyKey: `${rows[0]!.run_id}:2`,
      deliveryId: ids[0],
      profileId: rows[0]!.profile_id,
      purpose: "transactional",
      attempt: 1,
    });
  });

  it("leaves each delivery as a call of its own would have", async () => {
    const left = [];
    for (const batch of [undefined, 100]) {
      world = await createWorld({ now: start, ...(batch && { batch }) });
      world.provider.handle = script;
      const ids = await world.plan(texts(...said).map((row) => ({ ...row, awaited: true })));
      const { states } = await world.deliver(ids);
      const rows = await world.find(ids);
      const attempts = await Promise.all(ids.map((id) => world.attempts(id)));
      const told = await world.sql("select detail from inbox where workspace_id = $1 order by detail::text");
      const named = rows.map(({ id: _id, run_id, profile_id: _profile, provider_id, ...row }) => ({
        ...row,
        provider_id: provider_id?.replace(run_id, "run"),
      }));
      left.push({ states, named, attempts, told });
      expect(sizes()).toEqual(batch ? [said.length] : []);
    }
    expect(left[1]).toEqual(left[0]);
    expect(left[0]!.states).toEqual({ accepted: 2, failed: 1, queued: 5 });
    expect(JSON.stringify(left)).not.toContain("secret detail");
  });

  it("repeats with the same keys only what is to be repeated", async () => {
    world = await createWorld({ now: start, batch: 10 });
    world.provider.handle = script;
    const ids = await world.plan(texts("fine", "later", "lost"));
    await world.deliver(ids);
    world.clock!.advance("PT1H");
    world.provider.handle = async () => ({ output: {} });
    await world.deliver(ids);
    const [first, second] = world.provider.batches;
    expect(second!.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
      first!.slice(1).map(({ idempotencyKey }) => idempotencyKey),
    );
    expect(second!.map(({ attempt }) => attempt)).toEqual([2, 2]);
    expect((await world.find(ids)).map((row) => row.state)).toEqual(["accepted", "accepted", "accepted"]);
  });

  it("goes without the delivery that does not render, which is recorded while the others are called", async () => {
    world = await createWorld({ batch: 10 });
    const ids = await world.plan(texts("one", "{{ profile.name | nope }}", '{% abort "no" %}', "two"));
    const answer = Promise.withResolvers<void>();
    world.provider.handleBatch = async (items) => {
      await answer.promise;
      return items.map(() => ({ output: {} }));
    };
    const delivered = world.deliver(ids);
    await expect.poll(async () => (await found(ids[1]!)).state).toBe("failed");
    expect((await found(ids[0]!)).state).toBe("sending");
    answer.resolve();
    await expect(delivered).resolves.toMatchObject({ states: { accepted: 2, failed: 1, suppressed: 1 } });
    expect(sizes()).toEqual([2]);
    expect(await world.attempts(ids[1]!)).toEqual([]);
  });

  it("is not called when none of its deliveries render", async () => {
    world = await createWorld({ batch: 10 });
    const ids = await world.plan(texts("{{ a | nope }}", "{{ b | nope }}"));
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { failed: 2 } });
    expect(sizes()).toEqual([]);
  });

  it("passes on whoever the gate holds back, each by itself", async () => {
    world = await createWorld({ batch: 10 });
    const ids = await world.plan(3);
    const { run_id } = await found(ids[1]!);
    await world.sql("update runs set status = 'ended', ended_by = 'exit' where workspace_id = $1 and id = $2", [
      run_id,
    ]);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 2, suppressed: 1 } });
    expect(world.provider.batches.map((items) => items.map(({ deliveryId }) => deliveryId))).toEqual([
      [ids[0], ids[2]],
    ]);
  });

  it("holds deliveries of its action alone", async () => {
    world = await createWorld({ batch: 2, connection: { concurrency: 20 } });
    const ids = await world.plan([{}, { action: "note" }, {}, { action: "note" }, {}]);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 5 } });
    expect(world.provider.batches.map((items) => items.map(({ deliveryId }) => deliveryId))).toEqual([
      [ids[0], ids[2]],
      [ids[4]],
    ]);
    expect(world.provider.calls.map(({ deliveryId }) => deliveryId)).toEqual([ids[1], ids[3]]);
  });

  it("needs the same number of statements for 1 delivery and for 100", async () => {
    world = await createWorld({ batch: 100 });
    const ids = await world.plan(Array.from({ length: 102 }, (_, i) => ({ awaited: i % 2 === 0 })));
    await world.deliver(ids.splice(0, 1));
    const counts = [];
    for (const count of [1, 100]) {
      const statements = countStatements(world);
      await world.deliver(ids.splice(0, count));
      counts.push(statements());
    }
    expect(sizes()).toEqual([1, 1, 100]);
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeLessThanOrEqual(9);
  });
});

describe("a batch that fails as a whole", () => {
  it.each([
    ["a passing fault", () => Promise.reject(new WendError("provider.unavailable")), "provider.unavailable", false],
    ["an error without a code", () => Promise.reject(new Error("secret detail")), "plugin.crashed", true],
    ["a throw before its promise", () => thrown(), "plugin.crashed", true],
    ["a result too few", async () => [{ output: {} }], "plugin.bad_output", true],
    ["a result too many", async () => Array(4).fill({ output: {} }), "plugin.bad_output", true],
    ["no list", async () => ({ output: {} }), "plugin.bad_output", true],
    ["nothing", async () => undefined, "plugin.bad_output", true],
  ])("by %s is so for each of its deliveries", async (_, ...[handleBatch, code, ambiguous]) => {
    world = await createWorld({ now: start, batch: 10 });
    world.provider.handleBatch = handleBatch;
    const ids = await world.plan(3);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { queued: 3 } });
    for (const row of await world.find(ids)) {
      expect(row).toMatchObject({ state: "queued", attempt: 1, ambiguous, error: { code } });
    }
    expect(JSON.stringify(await world.find(ids))).not.toContain("secret detail");
    // One call, one line: not one for each delivery.
    expect(world.warnings).toHaveLength(code === "plugin.crashed" ? 1 : 0);
  });

  it("by a timeout is ambiguous for all of them, and each is what its dedupe says", async () => {
    world = await createWorld({
      batch: 10,
      timeoutMs: 50,
      dedupe: { by: "none" },
      connection: { onUnknown: "hold" },
    });
    let signal: AbortSignal | undefined;
    world.provider.handleBatch = (_items, given) => {
      signal = given;
      return new Promise(() => {});
    };
    const ids = await world.plan(3);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { unknown: 3 } });
    expect((await world.find(ids)).map((row) => [row.reason, row.ambiguous])).toEqual(
      Array(3).fill(["plugin.timeout", true]),
    );
    expect(signal?.aborted).toBe(true);
  });

  it("counts once for the connection, however many it carried", async () => {
    world = await createWorld({ now: start, batch: 10, connection: { concurrency: 1 } });
    world.provider.handleBatch = () => Promise.reject(new WendError("provider.unavailable"));
    const ids = await world.plan(95);
    await world.deliver(ids);
    // The breaker opens after ten calls, not after ten deliveries.
    expect(sizes()).toEqual([...Array(9).fill(10), 5]);
    const [late] = await world.plan(1);
    await world.deliver([late!]);
    await world.deliver(await world.plan(1));
    expect(sizes()).toHaveLength(10);
  });

  it("in part does not speak against the connection", async () => {
    world = await createWorld({ now: start, batch: 2, connection: { concurrency: 1 } });
    world.provider.handle = script;
    const ids = await world.plan(Array(15).fill(texts("later", "fine")).flat());
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 15, queued: 15 } });
  });

  it.each(["results", "a throw"])("pauses the connection when the provider asks for it by %s", async (by) => {
    world = await createWorld({ now: start, batch: 2, connection: { concurrency: 1 } });
    const slower = () => new WendError("provider.rate_limited", { retryAfterMs: 30_000 });
    world.provider.handleBatch = async () => {
      if (by === "a throw") throw slower();
      return [{ output: {} }, { error: slower() }];
    };
    const ids = await world.plan(4);
    await world.deliver(ids.slice(0, 2));
    await world.deliver(ids.slice(2));
    expect(sizes()).toEqual([2]);
    expect((await world.find(ids.slice(2))).map((row) => row.attempt)).toEqual([0, 0]);
  });
});

const thrown = (): Promise<unknown> => {
  throw new Error("secret detail");
};

describe("a connection that takes batches", () => {
  it("keeps the calls under way at once within its concurrency, whatever they carry", async () => {
    world = await createWorld({ batch: 4, connection: { concurrency: 2 } });
    let underWay = 0;
    let most = 0;
    const busy = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
    };
    world.provider.handle = async () => {
      await busy();
      return { output: {} };
    };
    world.provider.handleBatch = async (items) => {
      await busy();
      return items.map(() => ({ output: {} }));
    };
    const ids = await world.plan(Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? { action: "note" } : {})));
    const reports = await Promise.all([world.deliver(ids.slice(0, 15)), world.deliver(ids.slice(15))]);
    expect(reports.map(({ states }) => states)).toEqual([{ accepted: 15 }, { accepted: 15 }]);
    expect(world.provider.calls).toHaveLength(10);
    expect(most).toBe(2);
  });

  it("spends its rate by the call", async () => {
    world = await createWorld({ now: start, batch: 5, connection: { ratePerSecond: 3 } });
    const ids = await world.plan(22);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 15 }, skipped: 7 });
    expect(sizes()).toEqual([5, 5, 5]);
    // What is left makes two calls, and comes back when both may be made.
    world.clock!.advance(600);
    await expect(world.deliver(ids)).resolves.toMatchObject({ skipped: 22 });
    world.clock!.advance(100);
    await world.deliver(ids);
    expect(sizes()).toEqual([5, 5, 5, 5, 2]);
  });

  it("claims nothing more once its signal aborts, and finishes what it began", async () => {
    world = await createWorld({ batch: 2, connection: { concurrency: 1 } });
    const stop = new AbortController();
    world.provider.handle = async () => {
      stop.abort();
      return { output: {} };
    };
    const ids = await world.plan(6);
    const report = await world.deliver(ids, stop.signal);
    expect(report).toEqual({ states: { accepted: 2 }, fenceRejected: 0, skipped: 4 });
  });
});

describe("a worker that dies with a batch under way", () => {
  const dieAfterClaim = async (ids: readonly string[]) => {
    const runtime = world.runtimeOf();
    const connection = await runtime.connections.open(world.target);
    const { calls } = await claimGroup(runtime, world.target, { connection, ids });
    expect(calls.flat()).toHaveLength(ids.length);
  };
  const createAt = async (options: WorldOptions) => {
    world = await createWorld({ now: start, batch: 10, ...options });
  };

  it("leaves each delivery ambiguous: those whose provider acts once per key go out again with theirs", async () => {
    await createAt({ dedupe: { by: "key", windowMs: 60_000 } });
    const ids = await world.plan(3);
    await dieAfterClaim(ids);
    world.clock!.advance(15_000);
    await world.deliver(ids);
    const rows = await world.find(ids);
    expect(sizes()).toEqual([3]);
    expect(world.provider.batches[0]!.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
      rows.map((row) => `${row.run_id}:2`),
    );
    expect(rows.map((row) => [row.state, row.attempt, row.ambiguous])).toEqual(Array(3).fill(["accepted", 2, false]));
    expect(await world.attempts(ids[0]!)).toMatchObject([{ outcome: "lost" }, { outcome: "accepted" }]);
  });

  it("leaves each delivery unknown where nobody can tell", async () => {
    await createAt({ dedupe: { by: "none" }, connection: { onUnknown: "hold" } });
    const ids = await world.plan(3);
    await dieAfterClaim(ids);
    world.clock!.advance(15_000);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { unknown: 3 } });
    expect(sizes()).toEqual([]);
  });

  it("has each delivery asked about by itself, and only what is absent is called", async () => {
    await createAt({ dedupe: { by: "lookup", settleMs: 0 }, connection: { concurrency: 2 } });
    const ids = await world.plan(5);
    const known = new Set((await world.find(ids.slice(0, 3))).map((row) => `${row.run_id}:2`));
    await dieAfterClaim(ids);
    world.clock!.advance(15_000);
    let underWay = 0;
    let most = 0;
    world.provider.lookup = async (key) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return { outcome: known.has(key) ? "accepted" : "absent" };
    };
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 5 } });
    expect(world.provider.calls.map(({ deliveryId }) => deliveryId)).toEqual(ids.slice(3));
    expect(most).toBe(2);
  });

  it("records nothing over another's claim, and each delivery has its own fence", async () => {
    await createAt({ dedupe: { by: "key", windowMs: 86_400_000 } });
    const ids = await world.plan(3);
    const second = world.createWorker();
    const stopped = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    world.provider.handleBatch = async (items) => {
      const [{ attempt }] = items as readonly [(typeof items)[number]];
      if (attempt === 1) {
        reached.resolve();
        await stopped.promise;
      }
      return items.map(() => ({ providerId: `by attempt ${attempt}`, output: {} }));
    };
    const first = world.deliver(ids);
    await reached.promise;
    world.clock!.advance(15_000);
    await second(ids.slice(0, 2));
    stopped.resolve();
    await expect(first).resolves.toEqual({ states: { accepted: 1 }, fenceRejected: 2, skipped: 0 });
    expect((await world.find(ids)).map((row) => row.provider_id)).toEqual([
      "by attempt 2",
      "by attempt 2",
      "by attempt 1",
    ]);
  });
});

describe("the lease of a batch", () => {
  it("makes a worker that was stopped between intent and call give up the whole call", async () => {
    world = await createWorld({
      now: start,
      batch: 2,
      dedupe: { by: "none" },
      connection: { onUnknown: "hold" },
    });
    // The first call of the group is on its way when the process is stopped for more than half its lease.
    world.provider.handleBatch = async (items) => {
      world.clock!.advance(8_000);
      return items.map(() => ({ output: {} }));
    };
    const ids = await world.plan(4);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 2, queued: 2 } });
    expect(sizes()).toEqual([2]);
    for (const row of await world.find(ids.slice(2))) {
      expect(row).toMatchObject({ state: "queued", attempt: 0, first_call_at: null, ambiguous: false });
    }
  });

  it.each(["thrown", "told for each"])("lets nothing be written once half of it is gone: %s", async (how) => {
    const { requests, post } = await openServer();
    world = await createWorld({
      now: start,
      batch: 2,
      dedupe: { by: "none" },
      connection: { onUnknown: "hold" },
    });
    world.provider.handleBatch = async (items) => {
      world.clock!.advance(8_000);
      const posted = post();
      if (how === "thrown") return [await posted];
      const error = await posted.catch((fault) => fault);
      return items.map(() => ({ error }));
    };
    const ids = await world.plan(2);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { queued: 2 } });
    expect(requests()).toBe(0);
    expect((await world.find(ids)).map((row) => [row.attempt, row.ambiguous])).toEqual(Array(2).fill([0, false]));
  });
});

/** A server that counts what reaches it, and a way to it as plugins have one. */
async function openServer() {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const way = createOutbound(["127.0.0.1"]).open();
  onTestFinished(() => way.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { requests: () => requests, post: () => way.fetch(url, { method: "POST", body: "x" }) };
}
