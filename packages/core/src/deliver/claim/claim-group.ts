import type { OpenConnection } from "../../connections/open-connection.ts";
import type { OpeningTx, Tx } from "../../store/transaction.ts";
import { inBusyWorkspace } from "../../store/transaction.ts";
import type { Lease } from "../lease.ts";
import { leaseMsFor, startLease } from "../lease.ts";
import { keepLimits } from "../limits/keep-limits.ts";
import type { Outcome } from "../outcome.ts";
import { deferDeliveries } from "../record/defer-deliveries.ts";
import { recordOutcomes } from "../record/record-outcomes.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import { markSandboxed } from "../sandbox/mark-sandboxed.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import type { Claimed, ClaimHead } from "./claimed.ts";
import { groupCalls } from "./group-calls.ts";
import type { Callable } from "./judge.ts";
import { judgeAll } from "./judge-all.ts";
import type { ClaimPlan, PlanFacts } from "./plan-claim.ts";
import { loadPlanFacts, needsPlan, planClaim } from "./plan-claim.ts";
import { spendRate, waitMsFor } from "./rate.ts";
import { assertVersion } from "./stale-connection.ts";

/** Ids that come back after the same time. */
export interface Over {
  readonly ids: readonly string[];
  readonly waitMs: number;
}

/** What a claim left to do once it has committed. */
export interface ClaimedGroup {
  /** Each list goes out as one call. */
  readonly calls: readonly (readonly Callable[])[];
  /** Settled or put back in the claim's own transaction. */
  readonly settled: readonly Outcome[];
  readonly toldShards: readonly number[];
  /** Ids beyond the connection's rate or its other limits, and when they may come back. */
  readonly over: readonly Over[];
  /** Due ids that did not fit into the calls there was room for. */
  readonly left: readonly string[];
  readonly lease: Lease;
  /** The instant of the claim, by the deciding clock. */
  readonly now: number;
  /** Undefined when nothing was claimed. */
  readonly shards: number | undefined;
}

export interface GroupQuery {
  readonly connection: OpenConnection;
  readonly ids: readonly string[];
  /** The most calls they may go out in; any number unless stated. */
  readonly room?: number;
}

/**
 * Claims deliveries and judges them, in one transaction with a fixed number of statements. When it returns, the
 * intent of every call in it is committed.
 */
export function claimGroup(runtime: DeliverRuntime, target: DeliveryTarget, query: GroupQuery): Promise<ClaimedGroup> {
  const { connection, ids } = query;
  const timeouts = [...connection.actions.values()].map((action) => action.timeoutMs);
  const lease = startLease(runtime.store.clock, leaseMsFor(Math.max(...timeouts)));
  const claim = (tx: OpeningTx, within: readonly string[]): Promise<(Claimed & ClaimHead)[]> =>
    claimDeliveries(tx, { connectionId: connection.id, ids: within, leaseMs: lease.ms });
  const opening = async (tx: OpeningTx): Promise<Opened> =>
    needsPlan(connection) ? { facts: await loadPlanFacts(tx, query) } : { unplanned: await claim(tx, ids) };
  const work = async (tx: Tx, { facts, unplanned }: Opened): Promise<ClaimedGroup> => {
    const plan = facts && (await planClaim(tx, query, facts));
    const claimed = unplanned ?? (plan && plan.ids.length > 0 ? await claim(tx, plan.ids) : []);
    assertFresh(connection, claimed[0]);
    const judged = await judgeAll(runtime, tx, { connection, claimed });
    const settled = judged.flatMap((judgement) => (judgement.kind === "settle" ? [judgement.outcome] : []));
    const calls = groupCalls(judged.flatMap((judgement) => (judgement.kind === "settle" ? [] : [judgement])));
    const shards = claimed[0]?.shards;
    const toldShards = settled.length > 0 ? (await recordOutcomes(tx, settled, shards ?? 1)).toldShards : [];
    if (connection.sandbox) await markSandboxed(tx, connection.sandbox, calls.flat());
    const { over, left } = plan ? await keepPlan(tx, { connection, plan, calls }) : nothingOver;
    return { calls, settled, toldShards, over, left, lease, now: tx.now, shards };
  };
  return inBusyWorkspace(runtime.store, target.workspaceId, { opening, work });
}

/** What came with the beginning of the transaction: the claim itself, where it needs no plan. */
interface Opened {
  readonly facts?: PlanFacts;
  readonly unplanned?: (Claimed & ClaimHead)[];
}

const nothingOver: Pick<ClaimedGroup, "over" | "left"> = { over: [], left: [] };

interface Planned {
  readonly connection: OpenConnection;
  readonly plan: ClaimPlan;
  readonly calls: ClaimedGroup["calls"];
}

// The last of the claim: without limits it travels with the commit.
async function keepPlan(tx: Tx, planned: Planned): Promise<Pick<ClaimedGroup, "over" | "left">> {
  const { plan, calls } = planned;
  if (!plan.limited) return { over: await tx.finish(() => keepRate(tx, planned)), left: plan.left };
  const over = await keepRate(tx, planned);
  const calledIds = new Set(calls.flat().map(({ delivery }) => delivery.id));
  const kept = await keepLimits(tx, { connectionId: planned.connection.id, plan: plan.limited, calledIds });
  const held = kept.holds.map(({ id, until }) => ({ ids: [id], waitMs: until - tx.now }));
  return { over: [...over, ...held], left: [...plan.left, ...kept.left] };
}

// What the rate left out comes back when there is room; until then no job needs to name it.
async function keepRate(tx: Tx, { connection, plan, calls }: Planned): Promise<ClaimedGroup["over"]> {
  const { rate, over } = plan;
  if (!rate) return nothingOver.over;
  const waitMs = waitMsFor(rate, calls.length, Math.ceil(over.length / connection.mostPerCall));
  await Promise.all([
    calls.length > 0 && spendRate(tx, connection.id, calls.length / rate.perSecond),
    over.length > 0 && deferDeliveries(tx, over, waitMs),
  ]);
  return over.length > 0 ? [{ ids: over, waitMs }] : nothingOver.over;
}

function assertFresh(connection: OpenConnection, head: ClaimHead | undefined): void {
  if (head) assertVersion(connection, head.connection_version);
}
