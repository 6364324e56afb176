import type { DeliveryTarget, Queues, Wake } from "@wend/core";
import { connectQueues, inWorkspace, migrateQueues, uuidv7 } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import type { Worker, WorkerOptions } from "../src/worker.ts";
import { createWorker } from "../src/worker.ts";

const log = pino({ level: "silent" });

/** Long against the milliseconds it takes, for the sake of a busy machine. */
const soon = { timeout: 15_000 };

const withRedis = inject("wend").redisUrl !== undefined;
if (!withRedis) process.stderr.write("workers on redis not tested: REDIS_URL is not set\n");

describe.each(withRedis ? ["postgres", "redis"] : ["postgres"])("a worker on %s", (name) => {
  let world: TestStore;
  let queues: Queues;
  let worker: Worker | undefined;
  const woken: Wake[] = [];
  const delivered: [DeliveryTarget, string[]][] = [];

  beforeAll(async () => {
    world = await createTestStore();
    await migrateQueues(world.url);
  });
  beforeEach(async () => {
    woken.length = 0;
    delivered.length = 0;
    queues = await connectQueues({
      databaseUrl: world.url,
      redisUrl: name === "redis" ? world.redisUrl : undefined,
      // A prefix of its own for every test: nothing to clean up in between.
      prefix: `${world.redisPrefix}${uuidv7()}`,
      log,
    });
  });
  afterEach(async () => {
    await worker?.close(100);
    worker = undefined;
    await queues.close();
  });
  afterAll(() => world.close());

  const start = (roles: string[], more: Partial<WorkerOptions> = {}): Worker => {
    worker = createWorker({
      store: world.store,
      queues,
      handlers: {
        advance: async (wake) => woken.push(wake),
        deliver: async (target, ids) => delivered.push([target, ids]),
      },
      roles,
      log,
      ...more,
    });
    return worker;
  };
  const addConnection = (channel: string): Promise<DeliveryTarget> =>
    inWorkspace(world.store, world.workspace.id, async (tx) => {
      const connectionId = uuidv7();
      await tx.run(
        `insert into connections (workspace_id, id, key, plugin, channel, config, created_at, updated_at)
         values ($1, $2, $3, 'test', $4, '{}', now(), now())`,
        [world.workspace.id, connectionId, `key-${connectionId}`, channel],
      );
      return { workspaceId: world.workspace.id, connectionId };
    });

  test("advances what is woken", async () => {
    start(["advance"]);
    queues.wake(1, [4]);
    await expect.poll(() => woken, soon).toContainEqual({ workspaceId: 1, shard: 4 });
  });

  test("delivers for the connections of its channels only, and for one that comes later", async () => {
    const email = await addConnection("email");
    const webhook = await addConnection("webhook");
    start(["deliver", "email"]);
    const later = await addConnection("email");
    for (const target of [email, webhook, later]) await queues.dispatch(target, [uuidv7()]);
    const served = () => delivered.map(([target]) => target.connectionId).sort();
    await expect.poll(served, soon).toEqual([email.connectionId, later.connectionId].sort());
    expect((await queues.room(webhook)).waiting).toBe(1);
  });

  test("delivers for all channels when none is named", async () => {
    const target = await addConnection("sms");
    start(["deliver"]);
    await queues.dispatch(target, ["a", "b"]);
    await expect.poll(() => delivered, soon).toContainEqual([target, ["a", "b"]]);
  });

  test("polls for the channels it delivers for, and has stopped when it is closed", async () => {
    const started: unknown[] = [];
    const stopping = Promise.withResolvers<void>();
    let stopped = false;
    const poll = (channels: unknown) => {
      started.push(channels);
      const stop = async () => {
        await stopping.promise;
        stopped = true;
      };
      return { stop };
    };
    const handlers = { advance: async () => {}, deliver: async () => {}, poll };
    await start(["advance", "clock", "maintenance"], { handlers }).close();
    await start(["deliver"], { handlers }).close(0);
    expect(stopped).toBe(false);
    const closed = start(["deliver", "crm", "email"], { handlers }).close();
    stopping.resolve();
    await closed;
    expect([started, stopped]).toEqual([["all", ["crm", "email"]], true]);
  });

  test("rings for what nobody was woken for, in the role of the clock", async () => {
    await inWorkspace(world.store, world.workspace.id, async (tx) => {
      await tx.run(
        `insert into inbox (workspace_id, shard, received_at, id, profile_id, kind)
         values ($1, 6, now() - interval '1 minute', $2, $2, 'profile')`,
        [world.workspace.id, uuidv7()],
      );
    });
    start(["advance", "clock"]);
    await expect.poll(() => woken.some((wake) => wake.shard === 6), soon).toBe(true);
    await expect.poll(() => worker?.health().clock?.report?.lagMs, soon).toBeGreaterThan(59_000);
  });

  test("says what it does", async () => {
    start(["advance", "clock", "maintenance"]);
    expect(worker?.health().roles).toEqual(["advance", "clock", "maintenance"]);
    expect(worker?.health().consumers.map((consumer) => consumer.name)).toEqual(["wakes"]);
  });

  test("lets a handler finish when it closes", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    let finished = false;
    const running = start(["advance"], {
      handlers: {
        advance: async () => {
          begin();
          await promise;
          finished = true;
        },
        deliver: async () => {},
      },
    });
    queues.wake(1, [0]);
    await begun;
    const closed = running.close();
    resolve();
    await closed;
    expect(finished).toBe(true);
  });
});
