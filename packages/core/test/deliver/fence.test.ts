import type pg from "pg";
import { describe, expect, it } from "vitest";
import { claimDeliveries } from "../../src/deliver/claim/claim-deliveries.ts";
import type { Claimed } from "../../src/deliver/claim/claimed.ts";
import { outcomeOf, putBack } from "../../src/deliver/outcome.ts";
import { recordInsistently } from "../../src/deliver/record/record-insistently.ts";
import { recordOutcomes } from "../../src/deliver/record/record-outcomes.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

const start = "2026-01-01T00:00:00Z";
const shards = 16;

const claim = ({ inTest, connection }: World, id: string): Promise<Claimed[]> =>
  inTest((tx) => claimDeliveries(tx, { connectionId: connection.id, ids: [id], leaseMs: 15_000 }));

/** The next commit takes effect, but its reply never comes. */
function loseNextCommitReply({ store: { app } }: World): { lost: () => boolean } {
  const connect = app.connect.bind(app);
  let lost = false;
  app.connect = (async () => {
    const client = await connect();
    if (lost) return client;
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<pg.QueryResult>;
    client.query = (async (...args: unknown[]) => {
      const result = await query(...args);
      if (args[0] !== "commit" || lost) return result;
      lost = true;
      throw Object.assign(new Error("gone"), { code: "ECONNRESET" });
    }) as typeof client.query;
    return client;
  }) as typeof app.connect;
  return { lost: () => lost };
}

describe("the fence of a claim", () => {
  it("only grows: a put-back that is written twice does not take another worker's claim away", async () => {
    const world = await createWorld({ now: start });
    const [id] = await world.plan(1);
    const [mine] = await claim(world, id!);
    const outcome = putBack(mine!, world.clock!.now());
    await world.inTest((tx) => recordOutcomes(tx, [outcome], shards));
    const [other] = await claim(world, id!);
    const again = await world.inTest((tx) => recordOutcomes(tx, [outcome], shards));
    expect(again.rejected).toEqual([id]);
    expect(other!.claim).toBeGreaterThan(mine!.claim);
    // No call was made, so none is counted.
    expect([mine!.attempt, other!.attempt]).toEqual([1, 1]);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "sending", attempt: 1 });
    expect(await claim(world, id!)).toEqual([]);
  });

  it("holds for what the other worker writes after it", async () => {
    const world = await createWorld({ now: start });
    const [id] = await world.plan(1);
    const [mine] = await claim(world, id!);
    await world.inTest((tx) => recordOutcomes(tx, [putBack(mine!, world.clock!.now())], shards));
    const [other] = await claim(world, id!);
    const late = outcomeOf(mine!, { state: "failed", reason: "provider.rejected" });
    const right = outcomeOf(other!, { state: "accepted", providerId: "p" });
    expect(await world.inTest((tx) => recordOutcomes(tx, [late], shards))).toMatchObject({ rejected: [id] });
    expect(await world.inTest((tx) => recordOutcomes(tx, [right], shards))).toMatchObject({ rejected: [] });
    expect((await world.find([id!]))[0]).toMatchObject({ state: "accepted", provider_id: "p" });
  });
});

describe("a record whose commit took effect without a reply", () => {
  it("is repeated without effect, and counts as written", async () => {
    const world = await createWorld({ now: start });
    const [id, returned] = await world.plan([{ awaited: true }, {}]);
    const [mine] = await claim(world, id!);
    const [uncalled] = await claim(world, returned!);
    const at = world.clock!.now();
    const call = {
      startedAt: at,
      endedAt: at + 5,
      outcome: "accepted",
      code: null,
      detail: null,
      retryAfterMs: null,
    } as const;
    const outcomes = [outcomeOf(mine!, { state: "accepted", providerId: "p", call }), putBack(uncalled!, at)];
    const reply = loseNextCommitReply(world);
    const recorded = await recordInsistently(world.runtimeOf(), world.target, { outcomes, shards, isDown: false });
    expect(reply.lost()).toBe(true);
    expect(recorded.rejected).toEqual([]);
    expect((await world.find([id!, returned!])).map((row) => [row.state, row.attempt])).toEqual([
      ["accepted", 1],
      ["queued", 0],
    ]);
    expect(await world.attempts(id!)).toEqual([{ attempt: 1, outcome: "accepted", code: null }]);
    expect(await world.sql("select detail from inbox where workspace_id = $1")).toEqual([
      { detail: { seq: 2, outcome: "accepted" } },
    ]);
  });
});
