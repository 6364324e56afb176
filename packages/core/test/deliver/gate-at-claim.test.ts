import type { JourneyDefinition } from "@wend/journey";
import { describe, expect, it } from "vitest";
import { uuidv7 } from "../../src/ids.ts";
import { createSuppressionList } from "../../src/suppressions/suppression-list.ts";
import type { World } from "./world.ts";
import { createWorld, insertJourney } from "./world.ts";

let world: World;

const email = () => createWorld({ address: "email", purpose: "promotional" });
const planned = { channel: "email", purpose: "promotional", address: "ann@example.com" };
const found = async (id: string) => (await world.find([id]))[0]!;

const consent = (id: string, state: string) =>
  world.sql(
    `insert into consents (workspace_id, profile_id, channel, purpose, topic, state, at, source)
     select $1, profile_id, 'email', 'promotional', '*', $3, now(), 'test' from deliveries where workspace_id = $1 and id = $2
     on conflict (workspace_id, profile_id, channel, purpose, topic) do update set state = excluded.state`,
    [id, state],
  );
const inbox = (id: string, kind: string, name = "") =>
  world.sql(
    `insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
     select $1, 0, now(), $3, profile_id, $4, $5 from deliveries where workspace_id = $1 and id = $2`,
    [id, uuidv7(), kind, name],
  );

describe("the send gate at claim", () => {
  it("lets pass what is granted, and sends to the planned address", async () => {
    world = await email();
    const [id] = await world.plan([planned]);
    await consent(id!, "granted");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "accepted" });
    expect(world.provider.calls).toMatchObject([{ address: "ann@example.com" }]);
  });

  it("suppresses what was revoked between plan and claim, with its checks, and tells the run", async () => {
    world = await email();
    const [id, never] = await world.plan([{ ...planned, awaited: true }, planned]);
    await consent(id!, "granted");
    await consent(id!, "revoked");
    const report = await world.deliver([id!, never!]);
    expect(report.states).toEqual({ suppressed: 2 });
    expect(await found(id!)).toMatchObject({
      state: "suppressed",
      reason: "consent_revoked",
      attempt: 0,
      first_call_at: null,
      due_at: null,
    });
    expect(await found(never!)).toMatchObject({ state: "suppressed", reason: "no_consent" });
    const [row] = await world.sql("select checks from deliveries where workspace_id = $1 and id = $2", [id]);
    expect(row!.checks.map((check: { step: string; pass: boolean }) => [check.step, check.pass])).toEqual([
      ["run_live", true],
      ["exit_and_goal", true],
      ["consent", false],
    ]);
    expect(await world.sql("select detail from inbox where workspace_id = $1")).toEqual([
      { detail: { seq: 2, outcome: "suppressed" } },
    ]);
    expect(world.woken).toHaveLength(1);
    expect(world.provider.calls).toHaveLength(0);
  });

  it("suppresses a listed address, in whatever case it is written", async () => {
    world = await email();
    const [id, other] = await world.plan([
      { ...planned, address: "Ann@Example.com" },
      { ...planned, address: "bo@example.com" },
    ]);
    for (const one of [id!, other!]) await consent(one, "granted");
    // By another process, after this one has seen that there is no list.
    const elsewhere = createSuppressionList(world.secrets);
    const listed = [{ channel: "email", address: " ann@EXAMPLE.com" }];
    await world.inTest((tx) => elsewhere.add(tx, listed, "hard_bounce"));
    await world.deliver([id!, other!]);
    expect(await found(id!)).toMatchObject({ state: "suppressed", reason: "address_suppressed" });
    expect(await found(other!)).toMatchObject({ state: "accepted" });
  });

  it.each([
    ["update runs set status = 'ended', ended_by = 'exit' where workspace_id = $1", "exited"],
    ["update runs set status = 'ended', ended_by = 'goal' where workspace_id = $1", "goal_reached"],
    ["update journeys set status = 'stopped' where workspace_id = $1", "journey_stopped"],
    ["delete from runs where workspace_id = $1", "run_ended"],
  ])("suppresses after %s", async (change, reason) => {
    world = await createWorld();
    const [id] = await world.plan(1);
    await world.sql(change);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "suppressed", reason });
  });

  it("sends what a run planned before it came to its own end", async () => {
    world = await createWorld();
    const [id] = await world.plan(1);
    await world.sql("update runs set status = 'ended', ended_by = 'end' where workspace_id = $1");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "accepted" });
  });

  it("holds the deliveries of a paused journey without counting attempts, and sends them after the pause", async () => {
    world = await createWorld({ now: "2026-03-01T00:00:00Z" });
    const [id] = await world.plan(1);
    await world.sql("update journeys set status = 'paused' where workspace_id = $1");
    for (let i = 0; i < 30; i++) {
      await expect(world.deliver([id!])).resolves.toMatchObject({ states: { queued: 1 } });
      expect(await found(id!)).toMatchObject({ state: "queued", attempt: 0, first_call_at: null, ambiguous: false });
      world.clock!.advance("PT1H");
    }
    await world.sql("update journeys set status = 'live' where workspace_id = $1");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "accepted", attempt: 1 });
  });

  it.each([
    ["an event that is an exit", "event", "Account Closed"],
    ["an event that is the goal", "event", "Order Completed"],
    ["a change of consent", "event", "$consent"],
    ["a change of the profile", "profile", ""],
  ])("waits for %s that nobody has advanced yet", async (_name, kind, event) => {
    world = await createWorld({ now: "2026-03-01T00:00:00Z" });
    const [id] = await world.plan(1);
    await inbox(id!, kind, event);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({
      state: "queued",
      attempt: 0,
      due_at: Date.parse("2026-03-01T00:00:00.250Z"),
    });
    expect(world.provider.calls).toHaveLength(0);
    await world.sql("delete from inbox where workspace_id = $1");
    world.clock!.advance(250);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "accepted", attempt: 1 });
  });

  it("does not wait for events that can forbid nothing, nor for exits of a run that has ended", async () => {
    world = await createWorld();
    const [active, ended] = await world.plan(2);
    await inbox(active!, "event", "Page Viewed");
    await inbox(ended!, "event", "Account Closed");
    await world.sql(
      "update runs set status = 'ended', ended_by = 'end' where workspace_id = $1 and id = (select run_id from deliveries where workspace_id = $1 and id = $2)",
      [ended],
    );
    await expect(world.deliver([active!, ended!])).resolves.toMatchObject({ states: { accepted: 2 } });
  });

  it("asks the conditions of exits and goal again, also those over history", async () => {
    world = await createWorld();
    const journeyId = await world.inTest((tx) =>
      insertJourney(tx, {
        name: "Conditions",
        timeZone: "UTC",
        triggers: [{ type: "event", event: "Signed Up" }],
        exits: [{ name: "vip", when: { op: "eq", left: { ref: "profile.vip" }, right: true } }],
        goal: { when: { op: "gte", left: { count: { event: "Order Completed" } }, right: 1 } },
        start: "done",
        nodes: { done: { type: "end", outcome: "done" } },
      }),
    );
    const ids = await world.plan([{ journeyId }, { journeyId, traits: { vip: true } }, { journeyId }]);
    await world.sql(
      `insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
       select $1, profile_id, 'Order Completed', now() - interval '1 minute', $3, 'track', now(), 'm', '{}'
       from deliveries where workspace_id = $1 and id = $2`,
      [ids[2], uuidv7()],
    );
    await world.deliver(ids);
    expect((await world.find(ids)).map((row) => [row.state, row.reason])).toEqual([
      ["accepted", null],
      ["suppressed", "exited"],
      ["suppressed", "goal_reached"],
    ]);
  });

  it("stops what belongs to a version that is gone or does not compile, and nothing else", async () => {
    world = await createWorld();
    const journeyId = await world.inTest((tx) => insertJourney(tx, { nodes: 3 } as unknown as JourneyDefinition));
    const ids = await world.plan([{ journeyId }, {}, {}]);
    await world.sql("update deliveries set version = 9 where workspace_id = $1 and id = $2", [ids[2]]);
    await world.deliver(ids);
    expect((await world.find(ids)).map((row) => [row.state, row.reason])).toEqual([
      ["failed", "journey.invalid"],
      ["accepted", null],
      ["failed", "journey.not_found"],
    ]);
  });
});
