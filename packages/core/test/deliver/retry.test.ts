import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { createOutbound } from "../../src/outbound/outbound.ts";
import { startSink } from "../outbound/http-sink.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;

const start = "2026-03-01T00:00:00Z";
const at = (ms: number) => Date.parse(start) + ms;
const found = async (id: string) => (await world.find([id]))[0]!;

describe("a passing fault", () => {
  it("is tried again after growing pauses, then given up as failed", async () => {
    world = await createWorld({ now: start });
    world.provider.handle = () => Promise.reject(new WendError("provider.unavailable", { detail: "HTTP 503." }));
    const [id] = await world.plan([{ awaited: true }]);
    const pauses: number[] = [];
    for (;;) {
      await world.deliver([id!]);
      const { due_at } = await found(id!);
      if (due_at === null) break;
      const now = world.clock!.now();
      pauses.push(due_at - now);
      world.clock!.set(due_at - 1);
      await expect(world.deliver([id!])).resolves.toMatchObject({ skipped: 1 });
      world.clock!.set(due_at);
    }
    // The lower end of each pause: the test's chance is 0.
    expect(pauses).toEqual(Array.from({ length: 19 }, (_, n) => Math.min(500 * 2 ** n, 1_800_000)));
    expect(await found(id!)).toMatchObject({
      state: "failed",
      reason: "provider.unavailable",
      attempt: 20,
      ambiguous: false,
      error: { code: "provider.unavailable", detail: "HTTP 503." },
    });
    expect(world.provider.calls.map((call) => call.attempt)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(new Set(world.provider.calls.map((call) => call.idempotencyKey)).size).toBe(1);
    expect(await world.sql("select detail from inbox where workspace_id = $1")).toEqual([
      { detail: { seq: 2, outcome: "failed" } },
    ]);
  });

  it("is not tried for longer than a day", async () => {
    world = await createWorld({ now: start });
    world.provider.handle = () => Promise.reject(new WendError("provider.unavailable"));
    const [id] = await world.plan(1);
    await world.deliver([id!]);
    world.clock!.advance("PT24H");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "failed", attempt: 2 });
  });

  it("waits as long as the provider asks, and so does everything else of the connection", async () => {
    world = await createWorld({ now: start });
    world.provider.handle = () => Promise.reject(new WendError("provider.rate_limited", { retryAfterMs: 30_000 }));
    const [first, second] = await world.plan(2);
    await world.deliver([first!]);
    expect(await found(first!)).toMatchObject({ state: "queued", due_at: at(30_000), attempt: 1 });
    await world.deliver([second!]);
    expect(await found(second!)).toMatchObject({
      state: "queued",
      due_at: at(30_000),
      attempt: 0,
      first_call_at: null,
    });
    expect(world.provider.calls).toHaveLength(1);
    world.clock!.advance(30_000);
    world.provider.handle = async () => ({ output: {} });
    await world.deliver([second!]);
    await world.deliver([first!]);
    expect((await world.find([first!, second!])).map((row) => row.state)).toEqual(["accepted", "accepted"]);
  });

  it("fails at once what trying again cannot mend", async () => {
    world = await createWorld();
    world.provider.handle = () => Promise.reject(new WendError("provider.rejected", { detail: "HTTP 410." }));
    const [id] = await world.plan(1);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "failed", reason: "provider.rejected", attempt: 1 });
    expect(await world.attempts(id!)).toEqual([{ attempt: 1, outcome: "failed", code: "provider.rejected" }]);
  });

  it("comes back by itself when it is due, without the clock", async () => {
    world = await createWorld();
    world.provider.handle = () => Promise.reject(new WendError("provider.unavailable"));
    const [id] = await world.plan(1);
    await world.deliver([id!]);
    await expect.poll(() => world.dispatched, { timeout: 5_000 }).toEqual([[id]]);
  });
});

describe("a provider that is down", () => {
  it("is left alone after ten faults in a row, probed, and used again when a probe gets through", async () => {
    world = await createWorld({ now: start, connection: { concurrency: 5 } });
    let up = false;
    world.provider.handle = async () => {
      if (!up) throw new WendError("provider.unavailable");
      return { output: {} };
    };
    const ids = await world.plan(30);
    await world.deliver(ids.slice(0, 10));
    expect(world.provider.calls).toHaveLength(10);
    const report = await world.deliver(ids.slice(10));
    expect(report.states).toEqual({ queued: 20 });
    expect(world.provider.calls).toHaveLength(10);
    expect((await world.find(ids.slice(10))).map((row) => [row.attempt, row.due_at])).toEqual(
      Array.from({ length: 20 }, () => [0, at(1_000)]),
    );

    world.clock!.advance(1_000);
    await world.deliver(ids.slice(10));
    expect(world.provider.calls).toHaveLength(15);

    up = true;
    world.clock!.advance(60_000);
    await world.deliver(ids.slice(10));
    const calls = world.provider.calls.length;
    expect(calls).toBeGreaterThanOrEqual(16);
    world.clock!.advance(60_000);
    await world.deliver(ids);
    expect((await world.find(ids)).every((row) => row.state === "accepted")).toBe(true);
  });

  it("because of wrong credentials loses nothing: only probes are called until the connection has the right ones", async () => {
    world = await createWorld({ now: start, connection: { concurrency: 5 } });
    let accepted = false;
    world.provider.handle = async () => {
      if (!accepted) throw new WendError("provider.unauthorized", { detail: "535 no" });
      return { output: {} };
    };
    const ids = await world.plan(30);
    await world.deliver(ids);
    expect(world.provider.calls).toHaveLength(10);
    expect((await world.find(ids)).every((row) => row.state === "queued")).toBe(true);
    // A weekend of it.
    for (let hour = 0; hour < 60; hour++) {
      const before = world.provider.calls.length;
      world.clock!.advance("PT1H");
      await world.deliver(ids);
      expect(world.provider.calls).toHaveLength(before + 1);
    }
    expect((await world.find(ids)).every((row) => row.state === "queued")).toBe(true);

    accepted = true;
    await world.sql("update connections set updated_at = updated_at + interval '1 hour' where workspace_id = $1");
    world.clock!.advance("PT1H");
    await world.deliver(ids);
    world.clock!.advance("PT1H");
    await world.deliver(ids);
    expect((await world.find(ids)).every((row) => row.state === "accepted")).toBe(true);
  });

  it("is probed again when the probe was never called", async () => {
    world = await createWorld({ now: start });
    let up = false;
    world.provider.handle = async () => {
      if (!up) throw new WendError("provider.unavailable");
      return { output: {} };
    };
    await world.deliver(await world.plan(10));
    world.clock!.advance(5_000);
    up = true;
    const [broken, fine] = await world.plan([{ input: { text: "{{ profile.name | nope }}" } }, {}]);
    await expect(world.deliver([broken!])).resolves.toMatchObject({ states: { failed: 1 } });
    await expect(world.deliver([fine!])).resolves.toMatchObject({ states: { accepted: 1 } });
  });

  it("that hangs keeps half its calls busy at most, and does not delay the record of the others", async () => {
    world = await createWorld({ connection: { concurrency: 4 }, timeoutMs: 5_000 });
    const hung = Promise.withResolvers<unknown>();
    world.provider.handle = ({ input }) => (input.text === "hang" ? hung.promise : Promise.resolve({ output: {} }));
    const ids = await world.plan([{ input: { text: "hang" } }, ...Array.from({ length: 20 }, () => ({}))]);
    const job = world.deliver(ids);
    await expect
      .poll(async () => (await world.find(ids)).filter((row) => row.state === "accepted").length, { timeout: 4_000 })
      .toBe(20);
    hung.resolve({ output: {} });
    await expect(job).resolves.toMatchObject({ states: { accepted: 21 } });
  });

  it("holds deliveries back while its connection does not open", async () => {
    world = await createWorld({ now: start });
    const [id] = await world.plan(1);
    await world.sql(
      `update connections set secrets = '{"token": {"v": 1, "kid": "x", "key": "", "data": ""}}' where workspace_id = $1`,
    );
    await expect(world.deliver([id!])).resolves.toMatchObject({ states: { queued: 1 } });
    expect(await found(id!)).toMatchObject({ attempt: 0, due_at: at(1_000) });
    await world.sql("update connections set secrets = '{}' where workspace_id = $1");
    world.clock!.advance(1_000);
    await expect(world.deliver([id!])).resolves.toMatchObject({ states: { accepted: 1 } });
  });
});

describe("a database that goes away between call and record", () => {
  it("costs nothing but time: the outcome is recorded when it is back", async () => {
    world = await createWorld();
    const [id] = await world.plan(1);
    const { app } = world.store;
    const connect = app.connect.bind(app);
    let refused = 0;
    world.provider.handle = async () => {
      app.connect = (() => {
        if (++refused === 3) app.connect = connect;
        return Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" }));
      }) as typeof app.connect;
      return { output: {}, providerId: "p" };
    };
    await expect(world.deliver([id!])).resolves.toMatchObject({ states: { accepted: 1 } });
    expect(refused).toBe(3);
    expect(await found(id!)).toMatchObject({ state: "accepted", attempt: 1, provider_id: "p" });
    expect(world.provider.calls).toHaveLength(1);
  });
});

describe("a connection's rate", () => {
  it("is kept over all workers, and what is beyond it comes back when there is room", async () => {
    world = await createWorld({ now: start, connection: { ratePerSecond: 10, concurrency: 100 } });
    const other = world.createWorker();
    const ids = await world.plan(40);
    const [one, two] = [await world.deliver(ids.slice(0, 8)), await other(ids.slice(8, 20))];
    expect([one.states, two.states]).toEqual([{ accepted: 8 }, { accepted: 2 }]);
    expect(two.skipped).toBe(10);
    const beyond = await world.find(ids.slice(10, 20));
    expect(beyond.every((row) => row.state === "queued" && row.attempt === 0 && row.due_at === at(1_000))).toBe(true);
    for (let second = 1; second <= 3; second++) {
      world.clock!.set(at(second * 1_000));
      await world.deliver(ids);
      expect(world.provider.calls).toHaveLength(10 + second * 10);
    }
  });
});

describe("over real HTTP", () => {
  it("a sink that honours keys has each delivery once, through timeouts that were accepted", async () => {
    const accepted = new Map<string, number>();
    const sink = await startSink((request, response) => {
      const key = String(request.headers["idempotency-key"]);
      const times = (accepted.get(key) ?? 0) + 1;
      accepted.set(key, times);
      // Every third delivery is taken, but the answer is lost the first time.
      if (times === 1 && request.body === "2") response.destroy();
      else response.end("{}");
    });
    world = await createWorld({ now: start });
    const way = createOutbound(["127.0.0.1"]).open();
    world.provider.handle = async ({ input, idempotencyKey, signal }) => {
      await way.fetch(sink.url, {
        method: "POST",
        headers: { "idempotency-key": idempotencyKey },
        body: input.text,
        signal,
      });
      return { output: {} };
    };
    const ids = await world.plan(Array.from({ length: 30 }, (_, n) => ({ input: { text: String(n % 3) } })));
    await world.deliver(ids);
    expect((await world.find(ids)).filter((row) => row.ambiguous)).toHaveLength(10);
    world.clock!.advance("PT1M");
    await world.deliver(ids);
    expect((await world.find(ids)).every((row) => row.state === "accepted")).toBe(true);
    expect(accepted.size).toBe(30);
    await way.close();
    await sink.close();
  });
});
