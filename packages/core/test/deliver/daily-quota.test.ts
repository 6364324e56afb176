import { WendError } from "@wend/plugin";
import { beforeAll, describe, expect, it } from "vitest";
import { updateConnection } from "../../src/connections/update-connection.ts";
import { loadDelivery } from "../../src/deliveries/load-delivery.ts";
import { countStatements } from "./count-statements.ts";
import type { World, WorldOptions } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;

const evening = "2026-03-01T18:00:00Z";
const midnight = Date.parse("2026-03-02T00:00:00Z");
const dayMs = 86_400_000;

const createLimited = (connection: WorldOptions["connection"], more: WorldOptions = {}) =>
  createWorld({ now: evening, connection: { concurrency: 100, ...connection }, ...more });
const states = async (ids: readonly string[]) => (await world.find(ids)).map((row) => row.state);
const accepted = async (ids: readonly string[]) => (await states(ids)).filter((state) => state === "accepted").length;
const calledIds = () => world.provider.calls.map(({ deliveryId }) => deliveryId);
const purposed = (...purposes: string[]) => purposes.map((purpose) => ({ purpose }));

describe("a daily quota", () => {
  it("lets exactly as many through as it says, of two workers with the same and with other deliveries", async () => {
    world = await createLimited({ dailyQuota: 25 });
    const ids = await world.plan(200);
    const [one, other] = [world.createWorker(), world.createWorker()];
    const jobs = Array.from({ length: 10 }, (_, n) => ids.slice(n * 20, n * 20 + 20));
    await Promise.all([...jobs.map((job) => one(job)), ...jobs.toReversed().map((job) => other(job))]);
    expect(new Set(calledIds()).size).toBe(25);
    expect(world.provider.calls).toHaveLength(25);
    const waiting = (await world.find(ids)).filter(({ state }) => state !== "accepted");
    expect(waiting).toHaveLength(175);
    for (const row of waiting) {
      expect(row).toMatchObject({ state: "queued", reason: "daily_quota", due_at: midnight, attempt: 0 });
    }
  });

  it("begins anew with each civil day in UTC, in the order of planning, until nothing waits", async () => {
    world = await createLimited({ dailyQuota: 4 });
    const ids = await world.plan(10);
    const [one, other] = [world.createWorker(), world.createWorker()];
    await one(ids);
    expect(await accepted(ids)).toBe(4);
    world.clock!.set(midnight - 1);
    await Promise.all([one(ids), other(ids)]);
    expect(await accepted(ids)).toBe(4);
    world.clock!.set(midnight);
    await Promise.all([one(ids), other(ids)]);
    expect(await accepted(ids)).toBe(8);
    world.clock!.set(midnight + dayMs);
    await Promise.all([one(ids), other(ids)]);
    expect(await accepted(ids)).toBe(10);
    expect(calledIds()).toEqual(ids);
  });

  it("lets what is mandatory go first, then what is transactional, and holds those too when it is used up", async () => {
    world = await createLimited({ dailyQuota: 3 });
    const ids = await world.plan(
      purposed("promotional", "promotional", "transactional", "mandatory", "transactional", "transactional"),
    );
    await world.deliver(ids);
    expect(calledIds().toSorted()).toEqual([ids[2], ids[3], ids[4]]);
    expect((await world.find([ids[5]!]))[0]).toMatchObject({ state: "queued", reason: "daily_quota" });
  });

  it("counts a delivery once a day, however often it is tried, and again on another day", async () => {
    world = await createLimited({ dailyQuota: 2 });
    let up = false;
    world.provider.handle = async () => {
      if (!up) throw new WendError("provider.unavailable");
      return { output: {} };
    };
    const [first, second, third] = await world.plan(3);
    await world.deliver([first!]);
    world.clock!.advance(60_000);
    await world.deliver([first!]);
    up = true;
    await world.deliver([second!, third!]);
    expect(await states([second!, third!])).toEqual(["accepted", "queued"]);
    world.clock!.advance(60_000);
    await world.deliver([first!]);
    expect(await states([first!])).toEqual(["accepted"]);
    world.clock!.set(midnight);
    await world.deliver([third!]);
    expect(await states([third!])).toEqual(["accepted"]);
  });

  it("is not used up by what the send gate stops", async () => {
    world = await createLimited({ dailyQuota: 2 });
    const ids = await world.plan(5);
    const ended = (await world.find(ids.slice(0, 3))).map(({ run_id }) => run_id);
    await world.sql("update runs set status = 'ended', ended_by = 'exit' where workspace_id = $1 and id = any($2)", [
      ended,
    ]);
    await world.deliver(ids);
    expect(await states(ids)).toEqual(["suppressed", "suppressed", "suppressed", "accepted", "accepted"]);
  });

  it("is told by the delivery that waits for it", async () => {
    world = await createLimited({ dailyQuota: 1 });
    const [, waiting] = await world.plan(2).then((ids) => world.deliver(ids).then(() => ids));
    const detail = await world.inTest((tx) => loadDelivery(tx, waiting!));
    expect(detail).toMatchObject({ state: "queued", reason: "daily_quota", attempt: 0, dueAt: midnight });
    expect(detail.says).toBe(
      "The webhook delivery of “n” waits for the daily quota of its connection, not before 2026-03-02 00:00:00 UTC.",
    );
  });

  it("that an operator raises lets what waits go at once, also by a worker that holds the old one", async () => {
    world = await createLimited({ dailyQuota: 1 });
    const ids = await world.plan(3);
    await world.deliver(ids);
    const { plugins, secrets } = world;
    await world.inTest((tx) => updateConnection(tx, { plugins, secrets }, { connection: "sink", dailyQuota: 2 }));
    await world.deliver(ids);
    expect(await accepted(ids)).toBe(2);
    await world.inTest((tx) => updateConnection(tx, { plugins, secrets }, { connection: "sink", dailyQuota: null }));
    await world.deliver(ids);
    expect(await accepted(ids)).toBe(3);
  });

  it("counts each delivery of a batch", async () => {
    world = await createLimited({ dailyQuota: 7 }, { batch: 5 });
    const ids = await world.plan(20);
    await world.deliver(ids);
    expect(world.provider.batches.map((items) => items.length)).toEqual([5, 2]);
  });

  it("goes together with a rate: what is beyond the rate comes back today", async () => {
    world = await createLimited({ dailyQuota: 6, ratePerSecond: 4 });
    const ids = await world.plan(10);
    await world.deliver(ids);
    expect(await accepted(ids)).toBe(4);
    for (let second = 0; second < 5; second++) {
      world.clock!.advance(1_000);
      await world.deliver(ids);
    }
    expect(await accepted(ids)).toBe(6);
    const waiting = (await world.find(ids)).filter(({ state }) => state === "queued");
    expect(waiting.map(({ due_at }) => due_at)).toEqual([midnight, midnight, midnight, midnight]);
  });

  it("finds a call whose worker died, though the quota is used up", async () => {
    world = await createLimited({ dailyQuota: 1 });
    const [lost, other] = await world.plan(2);
    await world.sql(
      `update deliveries set state = 'sending', attempt = 1, claim = 1, first_call_at = due_at,
         due_at = due_at - interval '1 second' where workspace_id = $1 and id = $2`,
      [lost],
    );
    await world.deliver([other!]);
    await world.deliver([lost!]);
    expect(await states([lost!, other!])).toEqual(["accepted", "accepted"]);
  });
});

describe("a warm-up", () => {
  it("has a quota for each day, nothing before the first, and the daily quota after the last", async () => {
    const warmUp = { startsOn: "2026-03-03", perDay: [1, 3] };
    world = await createLimited({ warmUp, dailyQuota: 5 });
    const ids = await world.plan(20);
    const sent: number[] = [];
    for (const day of ["01", "02", "03", "04", "05", "06"]) {
      world.clock!.set(Date.parse(`2026-03-${day}T20:00:00Z`));
      await Promise.all([world.deliver(ids), world.createWorker()(ids)]);
      sent.push(await accepted(ids));
    }
    expect(sent).toEqual([0, 0, 1, 4, 9, 14]);
    expect(calledIds()).toEqual(ids.slice(0, 14));
  });

  it("puts off to its first day what comes before, and holds nothing back after its last without a daily quota", async () => {
    world = await createLimited({ warmUp: { startsOn: "2026-03-05", perDay: [1] } });
    const ids = await world.plan(5);
    await world.deliver(ids);
    const start = Date.parse("2026-03-05T00:00:00Z");
    expect((await world.find(ids)).map(({ due_at }) => due_at)).toEqual(ids.map(() => start));
    world.clock!.set(start);
    await world.deliver(ids);
    world.clock!.set(start + dayMs);
    await world.deliver(ids);
    expect(await accepted(ids)).toBe(5);
  });
});

describe("what limits cost", () => {
  let costs: number[];
  beforeAll(async () => {
    costs = [];
    const limits = { dailyQuota: 1_000, perDomain: { "*": 1_000 } };
    for (const connection of [{}, limits]) {
      world = await createLimited(connection);
      const ids = await world.plan(102);
      await world.deliver(ids.splice(0, 1));
      for (const count of [1, 100]) {
        const statements = countStatements(world);
        await world.deliver(ids.splice(0, count));
        costs.push(statements());
      }
    }
  });

  it("is nothing where there are none, and four statements a claim where there are", () => {
    const [plain, plainOf100, limited, limitedOf100] = costs as [number, number, number, number];
    expect(plainOf100).toBe(plain);
    expect(plain).toBeLessThanOrEqual(8);
    expect(limitedOf100).toBe(limited);
    expect(limited - plain).toBe(4);
  });
});
