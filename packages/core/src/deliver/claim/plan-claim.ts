import type { OpenConnection } from "../../connections/open-connection.ts";
import type { OpeningTx, Tx } from "../../store/transaction.ts";
import { admit } from "../limits/admit.ts";
import type { LimitedPlan } from "../limits/keep-limits.ts";
import { loadUsage } from "../limits/usage.ts";
import { findDue, findLimited } from "./claim-deliveries.ts";
import type { GroupQuery } from "./claim-group.ts";
import type { DueDelivery } from "./group-calls.ts";
import { fitInto } from "./group-calls.ts";
import type { Rate } from "./rate.ts";
import { callsNow, loadRate } from "./rate.ts";
import { assertVersion } from "./stale-connection.ts";

/** Which of the named deliveries are to be claimed. */
export interface ClaimPlan {
  readonly ids: readonly string[];
  /** Due as well, but beyond the rate. */
  readonly over: readonly string[];
  /** Due as well and within the rate, but beyond the room for calls. */
  readonly left: readonly string[];
  /** Undefined when the connection has none. */
  readonly rate: Rate | undefined;
  /** Undefined when the connection has no quota and no limit of a domain, or when the rate leaves nothing. */
  readonly limited: LimitedPlan | undefined;
}

/** Whether the deliveries must be looked at before they are claimed: else each is a call, and all may be made. */
export const needsPlan = ({ ratePerSecond, mostPerCall, limits }: OpenConnection): boolean =>
  ratePerSecond !== null || mostPerCall > 1 || limits !== null;

/** What a plan is made from, as far as it can be asked for with the beginning of the transaction. */
export interface PlanFacts {
  /** Undefined when the connection has none. */
  readonly rate: Rate | undefined;
  /** Undefined when its limits are to be known first. */
  readonly due: readonly DueDelivery[] | undefined;
}

/** Asks in one round trip: the rate first, because it is a lock. */
export async function loadPlanFacts(tx: OpeningTx, { connection, ids }: GroupQuery): Promise<PlanFacts> {
  const { id: connectionId, ratePerSecond, limits } = connection;
  const [rate, due] = await Promise.all([
    ratePerSecond === null ? undefined : loadRate(tx, connectionId, ratePerSecond),
    limits === null ? findDue(tx, { connectionId, ids }) : undefined,
  ]);
  return { rate, due };
}

/** Stale ids must not use up rate or room, so only what is due counts; and how many calls it makes depends on its actions. */
export async function planClaim(tx: Tx, query: GroupQuery, { rate, due: known }: PlanFacts): Promise<ClaimPlan> {
  const { connection, ids, room = ids.length } = query;
  const allowed = rate ? callsNow(rate) : Number.POSITIVE_INFINITY;
  if (allowed <= 0) return { ids: [], over: ids, left: [], rate, limited: undefined };
  const { due, limited } = known ? { due: known, limited: undefined } : await findWithinLimits(tx, query);
  const { taken, left } = fitInto(Math.min(allowed, room), due, connection);
  const rest = allowed <= room ? { over: left, left: [] } : { over: [], left };
  return { ids: taken, ...rest, rate, limited };
}

interface WithinLimits {
  readonly due: readonly DueDelivery[];
  readonly limited: LimitedPlan;
}

async function findWithinLimits(tx: Tx, { connection, ids }: GroupQuery): Promise<WithinLimits> {
  const { id: connectionId } = connection;
  const limits = connection.limits!;
  const usage = await loadUsage(tx, connectionId);
  // Nothing may be put off by limits that have changed since.
  assertVersion(connection, usage.version);
  const due = await findLimited(tx, { connectionId, ids });
  const allowance = { limits, usage, now: tx.now };
  const { admitted, beyond } = admit(allowance, due);
  return { due: admitted, limited: { allowance, due, beyond } };
}
