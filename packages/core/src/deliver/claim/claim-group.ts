import type { OpenConnection } from "../../connections/open-connection.ts";
import type { OpeningTx, Tx } from "../../store/transaction.ts";
import { inBusyWorkspace } from "../../store/transaction.ts";
import type { Lease } from "../lease.ts";
import { leaseMsFor, startLease } from "../lease.ts";
import type { Outcome } from "../outcome.ts";
import { deferDeliveries } from "../record/defer-deliveries.ts";
import { recordOutcomes } from "../record/record-outcomes.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";
import { claimDeliveries, findDue } from "./claim-deliveries.ts";
import type { Claimed, ClaimHead } from "./claimed.ts";
import type { Judgement } from "./judge.ts";
import { judgeAll } from "./judge-all.ts";
import type { Rate } from "./rate.ts";
import { callsNow, loadRate, spendRate, waitMsFor } from "./rate.ts";

/** What a claim left to do once it has committed. */
export interface ClaimedGroup {
  readonly calls: readonly Exclude<Judgement, { kind: "settle" }>[];
  /** Settled or put back in the claim's own transaction. */
  readonly settled: readonly Outcome[];
  readonly toldShards: readonly number[];
  /** Ids beyond the connection's rate, and when they may come back. */
  readonly over: { readonly ids: readonly string[]; readonly waitMs: number };
  readonly lease: Lease;
  /** The instant of the claim, by the deciding clock. */
  readonly now: number;
  /** Undefined when nothing was claimed. */
  readonly shards: number | undefined;
}

/** The stored connection is of another version than the open one: nothing was claimed. */
export class StaleConnection extends Error {}

interface GroupQuery {
  readonly connection: OpenConnection;
  readonly ids: readonly string[];
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
  const opening = async (tx: OpeningTx) => (connection.ratePerSecond === null ? claim(tx, ids) : undefined);
  const work = async (tx: Tx, unlimited: (Claimed & ClaimHead)[] | undefined): Promise<ClaimedGroup> => {
    const rate =
      connection.ratePerSecond === null ? undefined : await loadRate(tx, connection.id, connection.ratePerSecond);
    const within = rate ? await withinRate(tx, query, rate) : [];
    const claimed = unlimited ?? (within.length > 0 ? await claim(tx, within) : []);
    assertFresh(connection, claimed[0]);
    const judged = await judgeAll(runtime, tx, { connection, claimed });
    const settled = judged.flatMap((judgement) => (judgement.kind === "settle" ? [judgement.outcome] : []));
    const calls = judged.flatMap((judgement) => (judgement.kind === "settle" ? [] : [judgement]));
    const shards = claimed[0]?.shards;
    const toldShards = settled.length > 0 ? (await recordOutcomes(tx, settled, shards ?? 1)).toldShards : [];
    const over = rate ? await keepRate(tx, { connection, rate, ids, claimed, calls: calls.length }) : nothingOver;
    return { calls, settled, toldShards, over, lease, now: tx.now, shards };
  };
  return inBusyWorkspace(runtime.store, target.workspaceId, { opening, work });
}

// Stale ids must not use up the rate, so only what is due counts.
async function withinRate(tx: Tx, { connection, ids }: GroupQuery, rate: Rate): Promise<readonly string[]> {
  const limit = callsNow(rate);
  return limit > 0 ? findDue(tx, { connectionId: connection.id, ids }, limit) : [];
}

const nothingOver: ClaimedGroup["over"] = { ids: [], waitMs: 0 };

interface Rated extends GroupQuery {
  readonly rate: Rate;
  readonly claimed: readonly Claimed[];
  readonly calls: number;
}

// What the rate left out comes back when there is room; until then no job needs to name it.
async function keepRate(tx: Tx, { connection, rate, ids, claimed, calls }: Rated): Promise<ClaimedGroup["over"]> {
  if (calls > 0) await spendRate(tx, connection.id, calls / rate.perSecond);
  if (claimed.length < callsNow(rate)) return nothingOver;
  const taken = new Set(claimed.map((delivery) => delivery.id));
  const over = ids.filter((id) => !taken.has(id));
  if (over.length === 0) return nothingOver;
  const waitMs = waitMsFor(rate, calls, over.length);
  await deferDeliveries(tx, over, waitMs);
  return { ids: over, waitMs };
}

function assertFresh(connection: OpenConnection, head: ClaimHead | undefined): void {
  if (head && head.connection_version !== connection.version) throw new StaleConnection();
}
