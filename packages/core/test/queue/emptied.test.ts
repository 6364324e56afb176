import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { runClock } from "../../src/clock-role/run-clock.ts";
import type { Queues } from "../../src/queue/queues.ts";
import { addConnection, addDeliveries, addInboxRow, clearShard } from "../clock-role/fixtures.ts";
import type { QueueServer } from "./servers.ts";
import { log, openServer, serverNames } from "./servers.ts";
import { until } from "./until.ts";

describe.each(serverNames())("an emptied %s", (name) => {
  let server: QueueServer;
  beforeAll(async () => {
    server = await openServer(name);
  });
  afterEach(() => server.closeAll());
  afterAll(() => server.close());

  const startClock = (queues: Queues) => runClock({ store: server.test.store, queues }, { log, tickMs: 100 });

  test("loses no shard: the clock wakes what had been woken", async () => {
    const queues = await server.connect();
    const shards = [...new Array(16).keys()];
    for (const shard of shards) await addInboxRow(server.test, shard, 2_000);
    queues.wake(server.test.workspace.id, shards);
    await until(async () => (await server.contents()).includes('"s'));
    await server.empty();

    let cleared = 0;
    queues.consumeWakes(
      async ({ shard }) => {
        const rows = await clearShard(server.test, shard);
        cleared += rows;
      },
      { concurrency: 4 },
    );
    const clock = startClock(queues);
    await until(() => cleared === shards.length);
    await clock.stop();
  });

  test("loses no shard while it works, however often it is emptied", async () => {
    const queues = await server.connect();
    let cleared = 0;
    queues.consumeWakes(
      async ({ shard }) => {
        const rows = await clearShard(server.test, shard);
        cleared += rows;
      },
      { concurrency: 4 },
    );
    const clock = startClock(queues);
    for (let round = 0; round < 10; round++) {
      for (let shard = 0; shard < 16; shard++) await addInboxRow(server.test, shard, 1_500);
      queues.wake(server.test.workspace.id, [...new Array(16).keys()]);
      await server.empty();
    }
    await until(() => cleared === 160);
    await clock.stop();
  });

  test("loses no delivery: the clock dispatches it again", async () => {
    const queues = await server.connect();
    const target = { workspaceId: server.test.workspace.id, connectionId: await addConnection(server.test) };
    const ids = await addDeliveries(server.test, { connectionId: target.connectionId, inMs: -1_500 }, 250);
    await queues.dispatch(target, ids);
    await server.empty();

    const seen = new Set<string>();
    queues.consumeDeliveries(
      target,
      async (batch) => {
        for (const id of batch) seen.add(id);
      },
      { concurrency: 2 },
    );
    const clock = startClock(queues);
    await until(() => seen.size === ids.length);
    expect([...seen].sort()).toEqual(ids);
    await clock.stop();
  });

  test("is fed once by several clocks", async () => {
    const [one, two] = await Promise.all([server.connect(), server.connect()]);
    const target = { workspaceId: server.test.workspace.id, connectionId: await addConnection(server.test) };
    await addDeliveries(server.test, { connectionId: target.connectionId, inMs: -1_500 }, 250);
    const clocks = [startClock(one!), startClock(two!)];
    await until(async () => (await one!.room(target)).waiting > 0);
    await until(() => clocks.every((clock) => clock.lastReport() !== undefined));
    await Promise.all(clocks.map((clock) => clock.stop()));
    await until(async () => (await one!.room(target)).waiting <= 3);
  });
});
