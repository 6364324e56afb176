import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { uuidv7 } from "../../src/ids.ts";
import type { Queues } from "../../src/queue/queues.ts";
import type { Line } from "./line.ts";
import { openLine } from "./line.ts";
import type { QueueServer } from "./servers.ts";
import { openServer, serverNames } from "./servers.ts";
import { until } from "./until.ts";

describe.each(serverNames())("an outage of %s", (name) => {
  let server: QueueServer;
  let line: Line;
  beforeAll(async () => {
    server = await openServer(name);
  });
  beforeEach(async () => {
    line = await openLine(name === "redis" ? server.test.redisUrl! : server.test.url);
  });
  afterEach(async () => {
    line.restore();
    await server.closeAll();
    await line.close();
    await server.empty();
  });
  afterAll(() => server.close());

  const connect = (): Promise<Queues> =>
    server.connect(name === "redis" ? { redisUrl: line.url } : { databaseUrl: line.url });

  test("costs neither a fault nor memory, and ends by itself", async () => {
    const queues = await connect();
    let runs = 0;
    queues.consumeWakes(async () => (runs += 1), { concurrency: 2 });
    queues.wake(1, [0]);
    await until(() => runs > 0);

    line.cut();
    await queues.dispatch({ workspaceId: 1, connectionId: uuidv7() }, [uuidv7()]);
    const heap = process.memoryUsage().heapUsed;
    for (let i = 0; i < 200_000; i++) queues.wake(1, [i % 16]);
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(50e6);

    line.restore();
    const before = runs;
    const restoredAt = performance.now();
    await until(() => {
      queues.wake(1, [1]);
      return runs > before;
    });
    expect(performance.now() - restoredAt).toBeLessThan(10_000);
  });

  test("does not stop a consumer that is opened during it", async () => {
    const queues = await connect();
    line.cut();
    const target = { workspaceId: 1, connectionId: uuidv7() };
    await queues.dispatch(target, [uuidv7()]);
    const seen: string[] = [];
    queues.consumeDeliveries(target, async (ids) => seen.push(...ids), { concurrency: 1 });
    line.restore();
    const id = uuidv7();
    await until(async () => {
      await queues.dispatch(target, [id]);
      return seen.includes(id);
    });
  });

  test("does not hold up closing", async () => {
    const queues = await connect();
    const consumer = queues.consumeWakes(async () => {}, { concurrency: 2 });
    queues.wake(1, [0]);
    await consumer.waiting();
    line.cut();
    const startedAt = performance.now();
    await consumer.close(500);
    await queues.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
