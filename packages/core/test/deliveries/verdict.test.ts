import type { Dedupe } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { claimGroup } from "../../src/deliver/claim/claim-group.ts";
import { loadDelivery } from "../../src/deliveries/load-delivery.ts";
import { resendDeliveries } from "../../src/deliveries/resend-deliveries.ts";
import { settleDeliveries } from "../../src/deliveries/settle-deliveries.ts";
import { uuidv7 } from "../../src/ids.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import type { Planned, World } from "../deliver/world.ts";
import { createWorld } from "../deliver/world.ts";

const start = "2026-03-01T00:00:00Z";
const shards = 16;
const actor = "key-1";
const lost = () => Promise.reject(new WendError("provider.unknown_outcome"));
const takes = async () => ({ providerId: "p", output: {} });

let world: World;

/** Deliveries whose only call was lost. */
async function planUnknown(rows: number | readonly Planned[] = 1, dedupe: Dedupe = { by: "none" }): Promise<string[]> {
  world = await createWorld({ now: start, dedupe, connection: { onUnknown: dedupe.by === "none" ? "hold" : null } });
  world.provider.handle = lost;
  const ids = await world.plan(rows);
  await world.deliver(ids);
  expect((await world.find(ids)).map(({ state }) => state)).toEqual(ids.map(() => "unknown"));
  world.clock!.advance("PT1H");
  world.provider.calls.length = 0;
  world.provider.handle = takes;
  return ids;
}

const settle = (ids: readonly string[], as: "accepted" | "failed" = "accepted") =>
  world.inTest((tx) => settleDeliveries(tx, { ids, as, actor, shards }));
const resend = (ids: readonly string[]) => world.inTest((tx) => resendDeliveries(tx, { ids, actor }));
const found = async (id: string) => (await world.find([id]))[0]!;
const load = (id: string) => world.inTest((tx) => loadDelivery(tx, id));
const inbox = () => world.sql("select kind, run_id, detail from inbox where workspace_id = $1 order by id");

/** The run of a delivery that waits for its outcome, as one does whose journey is paused. */
const waitFor = (id: string) =>
  world.sql(
    `update runs r set seq = d.seq from deliveries d
     where r.workspace_id = $1 and d.workspace_id = $1 and d.id = $2 and r.id = d.run_id`,
    [id],
  );

describe("settling deliveries of unknown outcome", () => {
  it.each([
    ["accepted", "The webhook delivery of “n” was accepted by the provider as an operator has found out."],
    ["failed", "The webhook delivery of “n” failed for good as an operator has found out."],
  ] as const)("as %s ends them, calls nobody, and keeps who said so and when", async (as, says) => {
    const [id] = await planUnknown();
    expect(await settle([id!], as)).toEqual({ done: [id], refused: [] });
    expect(world.provider.calls).toHaveLength(0);
    expect(await load(id!)).toMatchObject({
      state: as,
      ambiguous: false,
      settledAt: world.clock!.now(),
      verdicts: [{ verdict: as, actor, at: world.clock!.now() }],
      says,
    });
    await expect(world.deliver([id!])).resolves.toMatchObject({ skipped: 1 });
  });

  it("answers for each id: what is not unknown, not there or another workspace's is refused, the rest is done", async () => {
    const [first, second] = await planUnknown(2);
    const [queued] = await world.plan(1);
    const never = uuidv7();
    const twice = [first!, never, queued!, second!.toUpperCase(), first!];
    const report = await settle(twice);
    expect(report.done).toEqual([first, second].sort());
    expect(report.refused).toHaveLength(2);
    expect(report.refused).toEqual(
      expect.arrayContaining([
        { id: queued, code: "delivery.wrong_state" },
        { id: never, code: "delivery.not_found" },
      ]),
    );
    expect(await settle([first!])).toEqual({ done: [], refused: [{ id: first, code: "delivery.wrong_state" }] });
    expect((await found(queued!)).state).toBe("queued");
  });

  it("reaches no other workspace: its id answers like an unknown one", async () => {
    const [id] = await planUnknown();
    const slug = `other-${uuidv7()}`;
    const other = await createWorkspace(world.store, { slug, name: slug });
    const call = { ids: [id!], actor };
    const refused = { done: [], refused: [{ id, code: "delivery.not_found" }] };
    expect(
      await inWorkspace(world.store, other.id, (tx) => settleDeliveries(tx, { ...call, as: "failed", shards })),
    ).toEqual(refused);
    expect(await inWorkspace(world.store, other.id, (tx) => resendDeliveries(tx, call))).toEqual(refused);
    expect((await found(id!)).state).toBe("unknown");
  });

  it("tells the run that still waits for the outcome, and no run that has gone on", async () => {
    const [waits, gone] = await planUnknown([{ awaited: true }, { awaited: true }]);
    await waitFor(waits!);
    const before = (await inbox()).length;
    await settle([waits!, gone!]);
    const told = (await inbox()).slice(before);
    expect(told).toEqual([
      { kind: "outcome", run_id: (await found(waits!)).run_id, detail: { seq: 2, outcome: "accepted" } },
    ]);
  });

  it("is decided once, however many say it at the same time", async () => {
    const ids = await planUnknown(20);
    const reports = await Promise.all([
      settle(ids, "accepted"),
      resend(ids),
      settle([...ids].reverse(), "failed"),
      resend(ids),
    ]);
    expect(reports.flatMap(({ done }) => done).sort()).toEqual([...ids].sort());
    const verdicts = await world.sql("select delivery_id from delivery_verdicts where workspace_id = $1");
    expect(verdicts).toHaveLength(20);
  });

  it("takes a thousand in as many statements as one", async () => {
    const [id] = await planUnknown();
    const ids = [id!, ...Array.from({ length: 999 }, () => uuidv7())];
    const statements: string[] = [];
    const report = await world.inTest((tx) => {
      const rows: typeof tx.rows = (text, values) => {
        statements.push(String(text));
        return tx.rows(text, values);
      };
      return settleDeliveries({ ...tx, rows }, { ids, as: "failed", actor, shards });
    });
    expect([statements.length, report.done.length, report.refused.length]).toEqual([1, 1, 999]);
  });
});

describe("resending deliveries of unknown outcome", () => {
  it.each<Dedupe>([{ by: "none" }, { by: "key", windowMs: 400 }])(
    "calls the provider once more, with the same key: by %j",
    async (dedupe) => {
      const [id] = await planUnknown(1, dedupe);
      const key = (await load(id!)).idempotencyKey;
      expect(await resend([id!])).toEqual({ done: [id], refused: [] });
      expect(await found(id!)).toMatchObject({ state: "queued", due_at: world.clock!.now(), settled_at: null });
      await world.deliver([id!]);
      await expect(world.deliver([id!])).resolves.toMatchObject({ skipped: 1 });
      expect(world.provider.calls.map((call) => call.idempotencyKey)).toEqual([key]);
      expect(await load(id!)).toMatchObject({
        state: "accepted",
        ambiguous: false,
        attempts: [{ outcome: "ambiguous" }, { outcome: "accepted" }],
        verdicts: [{ verdict: "resend", actor }],
      });
    },
  );

  it("asks first where a provider can be asked, and calls only what did not happen", async () => {
    world = await createWorld({ now: start, dedupe: { by: "lookup", settleMs: 0 } });
    const ids = await world.plan(2);
    await world.sql(
      `update deliveries set state = 'unknown', ambiguous = true, attempt = 20, due_at = null, settled_at = now(),
         first_call_at = planned_at where workspace_id = $1`,
    );
    const happened = `${(await found(ids[0]!)).run_id}:2`;
    world.provider.lookup = async (key) => ({ outcome: key === happened ? "accepted" : "absent" });
    await resend(ids);
    await world.deliver(ids);
    expect((await world.find(ids)).map(({ state }) => state)).toEqual(["accepted", "accepted"]);
    expect(world.provider.calls.map(({ deliveryId }) => deliveryId)).toEqual([ids[1]]);
  });

  it("lasts through passing faults, even a day after the first call, and through being put back", async () => {
    const [id] = await planUnknown();
    world.clock!.advance("P3D");
    await resend([id!]);
    world.provider.handle = () => Promise.reject(new WendError("provider.rate_limited", { retryAfterMs: 1_000 }));
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "queued" });
    await world.sql("update journeys set status = 'paused' where workspace_id = $1");
    world.clock!.advance("PT1M");
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "queued" });
    await world.sql("update journeys set status = 'live' where workspace_id = $1");
    world.clock!.advance("PT1H");
    world.provider.handle = takes;
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "accepted", attempt: 3 });
    expect(world.provider.calls).toHaveLength(2);
  });

  it("is good for one unknown outcome: after another call was lost, nothing is repeated blindly", async () => {
    const [id, other] = await planUnknown(2);
    await resend([id!, other!]);
    world.provider.handle = lost;
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "unknown", attempt: 2 });

    const runtime = world.runtimeOf();
    const connection = await runtime.connections.open(world.target);
    await claimGroup(runtime, world.target, { connection, ids: [other!] });
    world.clock!.advance("PT1M");
    world.provider.calls.length = 0;
    await world.deliver([other!]);
    expect(await found(other!)).toMatchObject({ state: "unknown", reason: "delivery.unknown_outcome" });
    expect(world.provider.calls).toHaveLength(0);

    await resend([id!]);
    expect((await load(id!)).verdicts).toHaveLength(2);
  });

  it("asks the send gate again: what an exit forbids stays unknown, with its reason", async () => {
    const [id] = await planUnknown();
    await world.sql("update runs set status = 'ended', ended_by = 'exit', outcome = 'closed' where workspace_id = $1");
    await resend([id!]);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "unknown", reason: "exited", ambiguous: true });
    expect(world.provider.calls).toHaveLength(0);
  });

  it("is not forbidden by the end of a run that ended because this very outcome was unknown", async () => {
    const [id] = await planUnknown();
    await waitFor(id!);
    await world.sql(
      "update runs set status = 'ended', ended_by = 'exit', outcome = 'delivery_unknown' where workspace_id = $1",
    );
    await resend([id!]);
    await world.deliver([id!]);
    expect(await found(id!)).toMatchObject({ state: "accepted" });
  });

  it("leaves nothing to a worker that records late", async () => {
    world = await createWorld({ now: start, dedupe: { by: "key", windowMs: 1_000 } });
    const [id] = await world.plan(1);
    const reached = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<unknown>();
    world.provider.handle = () => {
      reached.resolve();
      return answer.promise;
    };
    const late = world.deliver([id!]);
    await reached.promise;
    world.clock!.advance("PT1M");
    await world.createWorker()([id!]);
    expect(await found(id!)).toMatchObject({ state: "unknown" });
    await resend([id!]);
    answer.resolve({ providerId: "too late", output: {} });
    await expect(late).resolves.toMatchObject({ fenceRejected: 1 });
    expect(await found(id!)).toMatchObject({ state: "queued", provider_id: null });
  });
});
