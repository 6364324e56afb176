import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { uuidv7 } from "../../src/ids.ts";
import type { DeliveryTarget } from "../../src/queue/queues.ts";
import type { QueueServer } from "./servers.ts";
import { openServer, serverNames } from "./servers.ts";
import { createGate, until } from "./until.ts";

describe.each(serverNames())("deliveries on %s", (name) => {
  let server: QueueServer;
  beforeAll(async () => {
    server = await openServer(name);
  });
  afterEach(async () => {
    await server.closeAll();
    await server.empty();
  });
  afterAll(() => server.close());

  test("every id arrives once, at most 100 a job", async () => {
    const queues = await server.connect();
    const target = newTarget();
    const ids = newIds(250);
    const jobs: string[][] = [];
    queues.consumeDeliveries(target, async (batch) => jobs.push(batch), { concurrency: 2 });
    await queues.dispatch(target, ids);
    await until(() => jobs.flat().length >= 250);
    expect(jobs.flat().sort()).toEqual(ids);
    expect(jobs.map((job) => job.length).sort()).toEqual([100, 100, 50]);
  });

  test("a job carries ids and nothing else", async () => {
    const queues = await server.connect();
    const target = newTarget();
    const [id] = newIds(1);
    await queues.dispatch(target, [id!]);
    const contents = await server.contents();
    expect(contents).toContain(id);
    expect(contents).not.toMatch(/@|address|input|secret/);
  });

  test("a connection whose handler hangs holds up no other", async () => {
    const queues = await server.connect();
    const slow = newTarget();
    const quick = newTarget();
    const gate = createGate();
    let served = 0;
    queues.consumeDeliveries(slow, () => gate.opened, { concurrency: 1 });
    queues.consumeDeliveries(quick, async (ids) => (served += ids.length), { concurrency: 1 });
    await queues.dispatch(slow, newIds(300));
    await queues.dispatch(quick, newIds(300));
    await until(() => served === 300);
    gate.open();
  });

  test("a job that is still there is not added again in the same round, but is in the next", async () => {
    const queues = await server.connect();
    const target = newTarget();
    const ids = newIds(30);
    await queues.dispatch(target, ids, 7);
    await queues.dispatch(target, ids, 7);
    await until(async () => (await queues.room(target)).waiting === 1);
    await queues.dispatch(target, ids, 8);
    await until(async () => (await queues.room(target)).waiting === 2);
  });

  test("the window is bounded, and what does not fit is left out without a fault", async () => {
    const queues = await server.connect();
    const target = newTarget();
    for (let i = 0; i < 30; i++) await queues.dispatch(target, newIds(1_000));
    await until(async () => (await queues.room(target)).ids === 0);
    expect((await queues.room(target)).waiting).toBe(200);
  });

  test("a handler that throws leaves no job behind", async () => {
    const queues = await server.connect();
    const target = newTarget();
    let calls = 0;
    const consumer = queues.consumeDeliveries(
      target,
      async () => {
        calls += 1;
        throw new Error("the store is down");
      },
      { concurrency: 1 },
    );
    await queues.dispatch(target, newIds(1));
    await until(() => calls === 1);
    await consumer.close();
    await until(async () => {
      const { waiting, active } = await queues.room(target);
      return waiting + active === 0;
    });
    expect(calls).toBe(1);
  });

  test("several workers of one connection share its jobs", async () => {
    const [one, two] = await Promise.all([server.connect(), server.connect()]);
    const target = newTarget();
    const ids = newIds(2_000);
    const seen: [number, string][] = [];
    const take = (worker: number) => async (batch: string[]) => {
      await sleep(5);
      for (const id of batch) seen.push([worker, id]);
    };
    one!.consumeDeliveries(target, take(1), { concurrency: 1 });
    two!.consumeDeliveries(target, take(2), { concurrency: 1 });
    await one!.dispatch(target, ids);
    await until(() => seen.length >= ids.length);
    expect(seen.map(([, id]) => id).sort()).toEqual(ids);
    expect(new Set(seen.map(([worker]) => worker)).size).toBe(2);
  });
});

const newTarget = (): DeliveryTarget => ({ workspaceId: 1, connectionId: uuidv7() });
const newIds = (count: number): string[] => Array.from({ length: count }, () => uuidv7());
