import { describe, expect, it } from "vitest";
import { uuidv7 } from "../../src/ids.ts";
import { matchParked } from "../../src/receipt/match/match-parked.ts";
import { createWorld } from "../deliver/world.ts";
import { accepted, eventsOf, hooksOf, receipt } from "./incoming.ts";

const parked = (world: Awaited<ReturnType<typeof createWorld>>) =>
  world.sql("select look_at, parked_at from parked_facts where workspace_id = $1") as Promise<
    { look_at: number; parked_at: number }[]
  >;

describe("a receipt before the record of its delivery", () => {
  it("is parked, and matched once the record is there", async () => {
    const world = await createWorld({ now: "2026-03-01T00:00:00Z" });
    const runtime = world.runtimeOf();
    const early = receipt({ providerId: "sg-1" }, { kind: "delivered" });
    await hooksOf(world)({ receipts: [early] });
    expect(await eventsOf(world)).toEqual([]);
    expect(await parked(world)).toHaveLength(1);

    expect(await matchParked(runtime)).toBe(1);
    const [waiting] = await parked(world);
    expect(waiting!.look_at - waiting!.parked_at).toBe(1_000);
    expect(await matchParked(runtime)).toBe(0);

    const [id] = await accepted(world, 1, "sg-1");
    await world.clock!.advance("PT1S");
    expect(await matchParked(runtime)).toBe(1);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "delivered" });
    expect(await eventsOf(world)).toMatchObject([{ name: "$delivered" }]);
    expect(await parked(world)).toEqual([]);
  });

  it("is stored once, also when the provider says it again after the match", async () => {
    const world = await createWorld({ now: "2026-03-01T00:00:00Z" });
    const early = receipt({ providerId: "sg-2" }, { kind: "delivered" });
    const send = hooksOf(world);
    await send({ receipts: [early] });
    await send({ receipts: [early] });
    await accepted(world, 1, "sg-2");
    await send({ receipts: [early] });
    await matchParked(world.runtimeOf());
    expect(await eventsOf(world)).toHaveLength(1);
  });

  it("waits longer each time, and is given up after a day", async () => {
    const world = await createWorld({ now: "2026-03-01T00:00:00Z" });
    const runtime = world.runtimeOf();
    await hooksOf(world)({ receipts: [receipt(uuidv7(), { kind: "delivered" })] });
    await matchParked(runtime);
    await world.clock!.advance("PT1H");
    await matchParked(runtime);
    const [waiting] = await parked(world);
    expect(waiting!.look_at - waiting!.parked_at).toBe(5_400_000);
    await world.clock!.advance("P2D");
    await matchParked(runtime);
    expect(await parked(world)).toEqual([]);
    expect(JSON.stringify(world.warnings)).toContain("facts about nothing known were given up");
  });

  it("of ten thousand, all are matched", { timeout: 60_000 }, async () => {
    const world = await createWorld({ now: "2026-03-01T00:00:00Z" });
    const runtime = world.runtimeOf();
    const names = Array.from({ length: 10_000 }, (_, n) => `early-${n}`);
    await hooksOf(world)({ receipts: names.map((name) => receipt({ providerId: name }, { kind: "delivered" })) });
    await world.sql(
      `insert into deliveries (workspace_id, id, run_id, seq, journey_id, version, node_id, profile_id, connection_id,
         action, channel, purpose, input, state, checks, awaited, planned_at, settled_at, provider_id, attempt)
       select $1, gen_random_uuid(), gen_random_uuid(), 1, $2, 1, 'n', gen_random_uuid(), $3, 'send', 'webhook',
         'transactional', '{}', 'accepted', '[]', false, now(), now(), 'early-' || n, 1
       from generate_series(0, 9999) n returning id`,
      [world.journeyId, world.connection.id],
    );
    for (let looked = 1; looked > 0; ) looked = await matchParked(runtime);
    const [{ matched } = { matched: 0 }] = (await world.sql(
      "select count(*)::int as matched from deliveries where workspace_id = $1 and state = 'delivered'",
    )) as { matched: number }[];
    process.stdout.write(`early_receipts=10000 matched=${matched}\n`);
    expect(matched).toBe(10_000);
  });
});

describe("a receipt about an address that nobody was written to at", () => {
  it("suppresses it when it comes, and not again after an operator has lifted that", async () => {
    const world = await createWorld({ now: "2026-03-01T00:00:00Z", address: "email" });
    const runtime = world.runtimeOf();
    const send = hooksOf(world);
    const zoe = { channel: "email", address: "zoe@customer.test" };
    const bounced = receipt({ address: zoe.address }, { kind: "bounced", bounce: "hard" });
    const reasonOf = async () => (await world.inTest((tx) => runtime.suppressions.find(tx, [zoe])))[0]?.reason;

    await send({ receipts: [bounced] });
    expect(await reasonOf()).toBe("bounced");
    await world.inTest((tx) => runtime.suppressions.remove(tx, [zoe]));
    await world.clock!.advance("PT2H");
    await matchParked(runtime);
    expect(await reasonOf()).toBeUndefined();
    await send({ receipts: [bounced] });
    expect(await reasonOf()).toBeUndefined();

    const ids = await world.plan([{ channel: "email", address: zoe.address }]);
    world.provider.handle = async () => ({ output: {} });
    await world.deliver(ids);
    await world.clock!.advance("PT6H");
    await matchParked(runtime);
    expect(await eventsOf(world)).toMatchObject([{ name: "$bounced" }]);
    expect(await reasonOf()).toBeUndefined();

    await send({ receipts: [receipt({ address: zoe.address }, { kind: "bounced", bounce: "hard" })] });
    expect(await reasonOf()).toBe("bounced");
  });
});
