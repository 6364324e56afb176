import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../queue/until.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.connect("one", world.first.url);
  await world.connect("two", world.second.url);
  await world.route({ key: "mail", mode: "failover", members: [{ connection: "one" }, { connection: "two" }] });
  await world.publish("mail");
});
afterEach(() => world.close());

const tally = (values: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
const connections = async () => tally((await world.deliveries()).map(({ connection }) => connection));
const isTold = (key: string) => async () => (await world.downUntil(key)) !== null;

/** Enough faults in a row for the breaker, so that all workers know. */
async function takeDown() {
  world.first.answer = "refuse";
  await world.order(10, 1_000_000);
  await world.deliverDue();
  await until(isTold("one"));
  await world.deliverAll(1_000);
}

describe("a failover whose first provider is down", () => {
  it("loses nothing and sends nothing twice, whether it goes down before, in the middle or comes back", async () => {
    await world.order(100);
    await world.deliverDue();
    world.first.answer = "refuse";
    await world.order(300, 100);
    await world.deliverAll(2_000);
    await world.order(100, 400);
    await world.deliverDue();
    world.first.answer = "take";
    await world.deliverAll();
    world.clock.advance("PT2M");
    await world.order(100, 500);
    await world.deliverAll();
    const rows = await world.deliveries();
    const took = [...world.first.took, ...world.second.took];
    expect(tally(rows.map(({ state }) => state))).toEqual({ accepted: 600 });
    expect(took.length).toBe(600);
    expect(new Set(took)).toEqual(new Set(rows.map(({ key }) => key)));
    const lost = rows.length - new Set(took).size;
    console.log(
      `sent=${rows.length} first=${world.first.took.length} second=${world.second.took.length} lost=${lost} dup=0`,
    );
    expect(world.second.took.length).toBeGreaterThanOrEqual(300);
  });

  it("moves a delivery that failed twice, under the same key, and keeps whose calls those were", async () => {
    world.first.answer = "refuse";
    await world.order(1);
    await world.deliverDue();
    expect(await world.deliveries()).toMatchObject([{ connection: "one", attempt: 1, route_moves: 0 }]);
    world.clock.advance("PT1S");
    await world.deliverDue();
    const [row] = await world.deliveries();
    expect(row).toMatchObject({ connection: "two", state: "queued", attempt: 2, due_at: world.clock.now() });
    const [one, two] = await world.tx((t) => t.rows<{ id: string }>("select id from connections order by key"));
    expect(world.dispatched.at(-1)).toEqual({ connectionId: two!.id, ids: [row!.id] });
    await world.deliverDue();
    const delivery = await world.load(row!.id);
    expect(delivery).toMatchObject({
      state: "accepted",
      moves: 1,
      connection: { key: "two" },
      route: { key: "mail", mode: "failover" },
      says: "The post delivery of “post” was accepted by the provider at attempt 3; its route moved it to another connection.",
    });
    expect(delivery.attempts.map(({ attempt, outcome, connectionId }) => ({ attempt, outcome, connectionId }))).toEqual(
      [
        { attempt: 1, outcome: "retry", connectionId: one!.id },
        { attempt: 2, outcome: "retry", connectionId: one!.id },
        { attempt: 3, outcome: "accepted", connectionId: two!.id },
      ],
    );
    expect(world.first.asked).toEqual([row!.key, row!.key]);
    expect(world.second.took).toEqual([row!.key]);
  });

  it("moves what waits for an open breaker without a call", async () => {
    await takeDown();
    // Planned by a worker that has not heard of it.
    await world.tx((t) => t.run("update connections set down_until = null"));
    await world.order(50);
    const asked = world.first.asked.length;
    await world.deliverDue();
    await world.deliverDue();
    expect(world.first.asked.length).toBe(asked);
    expect(world.second.took.length).toBe(60);
  });

  it("plans what is new on the second at once, in every worker, until the time is over", async () => {
    await takeDown();
    await world.order(20);
    expect((await connections()).one ?? 0).toBe(0);
    world.clock.advance("PT1M");
    world.first.answer = "take";
    await world.order(20, 20);
    expect(await connections()).toMatchObject({ one: 20 });
  });

  it("goes back to the first with what is new, once a probe has got through", async () => {
    await takeDown();
    world.first.answer = "take";
    world.clock.advance("PT5S");
    await world.order(1);
    expect(await connections()).toMatchObject({ one: 1 });
    await world.deliverDue();
    await until(async () => !(await isTold("one")()));
    await world.order(20, 1);
    await world.deliverAll();
    expect(world.first.took.length).toBe(21);
    expect(await connections()).toEqual({ one: 21, two: 10 });
  });

  it("tells all workers again when the probes fail, and moves the probes at once", async () => {
    await takeDown();
    world.clock.advance("PT5S");
    await world.order(5);
    expect(await connections()).toMatchObject({ one: 5 });
    const asked = world.first.asked.length;
    await world.deliverDue();
    expect(world.first.asked.length).toBe(asked + 5);
    await until(async () => (await world.downUntil("one"))! > world.clock.now());
    expect(await connections()).toEqual({ two: 15 });
  });

  it("moves nothing to a second that is down too, and nothing more than once round", async () => {
    world.second.answer = "refuse";
    await takeDown();
    await world.deliverAll(600_000);
    const rows = await world.deliveries();
    expect(tally(rows.map(({ state }) => state))).toEqual({ queued: 10 });
    expect(Math.max(...rows.map(({ route_moves }) => route_moves))).toBeLessThanOrEqual(2);
    world.first.answer = "take";
    world.second.answer = "take";
    await world.deliverAll();
    const took = [...world.first.took, ...world.second.took];
    expect(new Set(took).size).toBe(10);
    expect(took.length).toBe(10);
  });

  it("goes round a connection that does not open", async () => {
    await world.tx((t) => t.run("update connections set config = '{}' where key = 'one'"));
    const fresh = world.createWorker();
    await world.order(3);
    await world.deliverDue(fresh);
    expect(await connections()).toEqual({ two: 3 });
    await until(isTold("one"));
  });
});

describe("a call that may have taken effect", () => {
  it("is settled by the same connection, however long that takes", async () => {
    world.first.answer = "take and break off";
    await world.order(20);
    await world.deliverAll(60_000);
    expect(await connections()).toEqual({ one: 20 });
    expect(world.second.asked).toEqual([]);
    world.first.answer = "take";
    await world.deliverAll();
    const rows = await world.deliveries();
    expect(tally(rows.map(({ state }) => state))).toEqual({ accepted: 20 });
    expect(new Set(world.first.took)).toEqual(new Set(rows.map(({ key }) => key)));
    expect(world.second.asked).toEqual([]);
  });

  it("stays ambiguous, and stays, when the calls after it are refused", async () => {
    world.first.answer = "break off";
    await world.order(1);
    await world.deliverDue();
    world.first.answer = "refuse";
    await world.deliverAll(60_000);
    expect(await world.deliveries()).toMatchObject([{ connection: "one", state: "queued", route_moves: 0 }]);
    expect((await world.deliveries())[0]!.attempt).toBeGreaterThan(3);
    expect(world.second.asked).toEqual([]);
  });

  it("stays although its worker died in the middle, and although the breaker is open", async () => {
    await world.order(1);
    await world.tx((t) =>
      t.run(
        `update deliveries set state = 'sending', attempt = 1, claim = 1, due_at = to_timestamp($1 / 1000e0),
           first_call_at = to_timestamp($1 / 1000e0)`,
        [t.now],
      ),
    );
    await takeDown();
    await world.deliverAll(60_000);
    const rows = await world.deliveries();
    expect(rows[0]).toMatchObject({ connection: "one", route_moves: 0 });
    expect(world.second.took).not.toContain(rows[0]!.key);
    world.first.answer = "take";
    await world.deliverAll();
    expect(world.first.took).toContain(rows[0]!.key);
    expect(world.second.took).not.toContain(rows[0]!.key);
  });
});

describe("a provider that asks to slow down", () => {
  it("keeps its deliveries when the wait is short", async () => {
    world.first.answer = "wait a second";
    await world.order(1);
    await world.deliverAll(5_000);
    expect(await connections()).toEqual({ one: 1 });
    expect(await world.downUntil("one")).toBeNull();
  });

  it("is gone round when the wait is long", async () => {
    world.first.answer = "slow down";
    await world.order(1);
    await world.deliverDue();
    await until(isTold("one"));
    expect(await connections()).toEqual({ two: 1 });
    await world.order(5, 1);
    expect(await connections()).toEqual({ two: 6 });
  });
});
