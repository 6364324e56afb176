import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Wake } from "../../src/queue/queues.ts";
import type { QueueServer } from "./servers.ts";
import { openServer, serverNames } from "./servers.ts";
import { createGate, until } from "./until.ts";

describe.each(serverNames())("wakes on %s", (name) => {
  let server: QueueServer;
  beforeAll(async () => {
    server = await openServer(name);
  });
  afterEach(async () => {
    await server.closeAll();
    await server.empty();
  });
  afterAll(() => server.close());

  test("a wake reaches the handler and leaves nothing behind", async () => {
    const queues = await server.connect();
    const seen: Wake[] = [];
    const consumer = queues.consumeWakes(async (wake) => seen.push(wake), { concurrency: 4 });
    queues.wake(7, [3]);
    await until(() => seen.length >= 1);
    expect(seen).toEqual([{ workspaceId: 7, shard: 3 }]);
    await consumer.close();
    expect(await server.contents()).toMatch(/^\[(\{\}|,)*\]$/);
  });

  test("a wake during a run makes the shard run again, however many came", async () => {
    const queues = await server.connect();
    const gate = createGate();
    let runs = 0;
    queues.consumeWakes(
      async () => {
        runs += 1;
        if (runs === 1) await gate.opened;
      },
      { concurrency: 4 },
    );
    queues.wake(1, [0]);
    await until(() => runs >= 1);
    const producer = await server.connect();
    for (let i = 0; i < 20; i++) {
      producer.wake(1, [0]);
      await sleep(1);
    }
    // Closing sends what still waits to be sent.
    await producer.close();
    expect(runs).toBe(1);
    gate.open();
    await until(() => runs >= 2);
    await expectQuiet(() => runs);
  });

  test("two workers never run one shard at once and no wake is lost", async () => {
    const running = new Map<number, number>();
    const work = new Array<number>(8).fill(0);
    let overlaps = 0;
    const handle = async ({ shard }: Wake): Promise<void> => {
      const at = running.get(shard) ?? 0;
      if (at > 0) overlaps += 1;
      running.set(shard, at + 1);
      // Takes what is there, like a batch; what comes while it works needs another run.
      const taken = work[shard]!;
      await sleep(Math.random() * 4);
      work[shard]! -= taken;
      running.set(shard, at);
    };
    const clients = await Promise.all([server.connect(), server.connect(), server.connect()]);
    clients[0]!.consumeWakes(handle, { concurrency: 4 });
    clients[1]!.consumeWakes(handle, { concurrency: 4 });
    for (let i = 0; i < 1_500; i++) {
      const shard = Math.floor(Math.random() * work.length);
      work[shard]! += 1;
      clients[i % 3]!.wake(1, [shard]);
      if (i % 5 === 0) await sleep(1);
    }
    await until(() => work.every((rows) => rows === 0));
    expect(overlaps).toBe(0);
  });

  test("a handler that throws loses nothing: the next wake runs", async () => {
    const queues = await server.connect();
    let runs = 0;
    const consumer = queues.consumeWakes(
      async () => {
        runs += 1;
        throw new Error("the batch failed");
      },
      { concurrency: 1 },
    );
    queues.wake(1, [5]);
    await until(() => runs >= 1);
    queues.wake(1, [5]);
    await until(() => runs >= 2);
    await consumer.close();
    expect(await consumer.waiting()).toBe(0);
  });

  test("a forced wake gets past a holder that never ends", async () => {
    const dead = await server.connect();
    const alive = await server.connect();
    const seen: string[] = [];
    const gate = createGate();
    const holder = dead.consumeWakes(
      async () => {
        seen.push("dead");
        await gate.opened;
      },
      { concurrency: 1 },
    );
    dead.wake(1, [2]);
    await until(() => seen.length >= 1);
    alive.consumeWakes(async () => seen.push("alive"), { concurrency: 1 });
    alive.wake(1, [2]);
    await expectQuiet(() => seen.length);
    await alive.forceWake(1, 2);
    await until(() => seen.includes("alive"));
    await expectQuietSoon(() => seen.length);
    // And from then on ordinary wakes get through as well.
    const before = seen.length;
    alive.wake(1, [2]);
    await until(() => seen.length > before);
    expect(seen.filter((holder) => holder === "dead")).toHaveLength(1);
    gate.open();
    await holder.close();
  });

  test("a forced wake of a shard under way in the same process waits its turn", async () => {
    const queues = await server.connect();
    const gate = createGate();
    let running = 0;
    let most = 0;
    let runs = 0;
    queues.consumeWakes(
      async () => {
        runs += 1;
        running += 1;
        most = Math.max(most, running);
        if (runs === 1) await gate.opened;
        running -= 1;
      },
      { concurrency: 4 },
    );
    queues.wake(1, [9]);
    await until(() => runs >= 1);
    await queues.forceWake(1, 9);
    await expectQuiet(() => runs);
    gate.open();
    await until(() => runs >= 2);
    expect(most).toBe(1);
  });

  test("closing lets the handler finish, tells it to stop, and takes nothing new", async () => {
    const queues = await server.connect();
    const other = await server.connect();
    const seen: number[] = [];
    let told = false;
    const gate = createGate();
    const consumer = queues.consumeWakes(
      async ({ shard }, signal) => {
        seen.push(shard);
        await gate.opened;
        told = signal.aborted;
      },
      { concurrency: 1 },
    );
    queues.wake(1, [0]);
    await until(() => seen.length >= 1);
    const closed = consumer.close();
    queues.wake(1, [1]);
    gate.open();
    await closed;
    expect({ seen, told }).toEqual({ seen: [0], told: true });
    other.consumeWakes(async ({ shard }) => seen.push(shard), { concurrency: 1 });
    await until(() => seen.length >= 2);
    expect(seen).toEqual([0, 1]);
  });

  test("what a handler does not finish within the grace goes to another worker at once", async () => {
    const queues = await server.connect();
    const other = await server.connect();
    const gate = createGate();
    let runs = 0;
    const consumer = queues.consumeWakes(
      async () => {
        runs += 1;
        await gate.opened;
      },
      { concurrency: 1 },
    );
    queues.wake(1, [0]);
    await until(() => runs >= 1);
    await consumer.close(20);
    const startedAt = performance.now();
    other.consumeWakes(async () => (runs += 1), { concurrency: 1 });
    await until(() => runs >= 2);
    // A lock that runs out would take 10 s.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    gate.open();
  });

  test("a recycled consumer goes on", async () => {
    const queues = await server.connect();
    const seen: number[] = [];
    const consumer = queues.consumeWakes(async ({ shard }) => seen.push(shard), { concurrency: 2 });
    queues.wake(1, [0]);
    await until(() => seen.length >= 1);
    consumer.recycle();
    queues.wake(1, [1]);
    await until(() => seen.length >= 2);
    expect(seen).toEqual([0, 1]);
  });
});

/** The wake that the dead holder had swallowed may come after the forced one. */
async function expectQuietSoon(count: () => number): Promise<void> {
  await sleep(150);
  await expectQuiet(count);
}

/** Nothing more happens for a while that is long against a hop of some milliseconds. */
async function expectQuiet(count: () => number): Promise<void> {
  const before = count();
  await sleep(150);
  expect(count()).toBe(before);
}
