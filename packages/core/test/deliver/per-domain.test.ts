import { describe, expect, it } from "vitest";
import { loadDelivery } from "../../src/deliveries/load-delivery.ts";
import type { World, WorldOptions } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;

const start = Date.parse("2026-03-01T12:00:30Z");
const nextMinute = Date.parse("2026-03-01T12:01:00Z");

const createPaced = (perDomain: Record<string, number>, more: WorldOptions["connection"] = {}) =>
  createWorld({
    now: new Date(start).toISOString(),
    address: "email",
    connection: { concurrency: 100, perDomain, ...more },
  });
const planTo = (domain: string, count: number) =>
  world.plan(
    Array.from({ length: count }, (_, n) => ({
      channel: "email",
      address: `c${n}@${domain}`,
      purpose: "transactional",
    })),
  );
const accepted = async (ids: readonly string[]) =>
  (await world.find(ids)).filter(({ state }) => state === "accepted").length;

describe("a pace per domain", () => {
  it("lets exactly as many a minute through to each, of two workers, and loses none", async () => {
    world = await createPaced({ "gmail.com": 10, "*": 4 });
    const gmail = await planTo("gmail.com", 25);
    const own = await planTo("ann.example", 6);
    const other = await planTo("ben.example", 6);
    const ids = [...gmail, ...own, ...other];
    const workers = [world.createWorker(), world.createWorker()];
    const counts: number[][] = [];
    for (let minute = 0; minute < 3; minute++) {
      await Promise.all(workers.map((deliver) => deliver(ids)));
      counts.push([await accepted(gmail), await accepted(own), await accepted(other)]);
      world.clock!.set(nextMinute + minute * 60_000);
    }
    expect(counts).toEqual([
      [10, 4, 4],
      [20, 6, 6],
      [25, 6, 6],
    ]);
    expect(world.provider.calls).toHaveLength(ids.length);
    expect(world.provider.calls.map(({ address }) => address).filter((to) => to?.endsWith("@gmail.com"))).toEqual(
      gmail.map((_, n) => `c${n}@gmail.com`),
    );
  });

  it("takes the exact domain, in whatever case it is written, and leaves alone what it does not name", async () => {
    world = await createPaced({ "gmail.com": 1 });
    const ids = [
      ...(await planTo("GMail.com", 2)),
      ...(await planTo("googlemail.com", 3)),
      ...(await planTo("x.test", 3)),
    ];
    await world.deliver(ids);
    expect((await world.find(ids)).map(({ state }) => state)).toEqual([
      "accepted",
      "queued",
      ...Array(6).fill("accepted"),
    ]);
  });

  it("knows an international domain by its ASCII form, and holds back nothing that is no address", async () => {
    world = await createPaced({ "xn--mller-kva.example": 1, "*": 1 });
    const ids = [...(await planTo("müller.example", 2)), ...(await planTo("no domain", 2))];
    await world.deliver(ids);
    expect((await world.find(ids)).map(({ reason }) => reason)).toEqual([
      null,
      "domain_rate",
      "invalid_address",
      "invalid_address",
    ]);
  });

  it("has what waits come back in the next minute, and says so", async () => {
    world = await createPaced({ "gmail.com": 1 });
    const [, waiting] = await planTo("gmail.com", 2).then((ids) => world.deliver(ids).then(() => ids));
    const detail = await world.inTest((tx) => loadDelivery(tx, waiting!));
    expect(detail).toMatchObject({ state: "queued", reason: "domain_rate", attempt: 0, dueAt: nextMinute });
    expect(detail.says).toBe(
      "The email delivery of “n” waits for its turn among those to the same domain, not before 2026-03-01 12:01:00 UTC.",
    );
  });

  it("does not use up the daily quota with what waits for its domain", async () => {
    world = await createPaced({ "gmail.com": 1 }, { dailyQuota: 4 });
    const [gmail, others] = [await planTo("gmail.com", 3), await planTo("x.test", 4)];
    await world.deliver([...gmail, ...others]);
    expect([await accepted(gmail), await accepted(others)]).toEqual([1, 3]);
  });
});
