import { plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { LimitedDelivery } from "./admit.ts";
import type { Allowance } from "./counter.ts";
import { createCounter } from "./counter.ts";
import type { Hold } from "./hold.ts";
import { dayOf } from "./limits.ts";
import { saveUsage } from "./usage.ts";

/** What a claim had before it by the limits of its connection. */
export interface LimitedPlan {
  readonly allowance: Allowance;
  readonly due: readonly LimitedDelivery[];
  readonly beyond: readonly LimitedDelivery[];
}

export interface LimitedClaim {
  readonly connectionId: string;
  readonly plan: LimitedPlan;
  /** What is to be called. */
  readonly calledIds: ReadonlySet<string>;
}

export interface Kept {
  readonly holds: readonly Hold[];
  /** The claim took less than it might: these go on at once. */
  readonly left: readonly string[];
}

/** Counts what is to be called, and puts off what is beyond the limits then. */
export async function keepLimits(tx: Tx, { connectionId, plan, calledIds }: LimitedClaim): Promise<Kept> {
  const counter = createCounter(plan.allowance);
  const called = plan.due.filter(({ id }) => calledIds.has(id));
  for (const delivery of called) counter.count(delivery);
  const holds: Hold[] = [];
  const left: string[] = [];
  for (const delivery of plan.beyond) {
    const hold = counter.heldBy(delivery);
    if (hold) holds.push(hold);
    else left.push(delivery.id);
  }
  if (called.length > 0) {
    await saveUsage(tx, connectionId, counter.usage());
    await markCounted(tx, called);
  }
  if (holds.length > 0) await putOff(tx, holds);
  return { holds, left };
}

async function markCounted(tx: Tx, called: readonly LimitedDelivery[]): Promise<void> {
  const ids = called.map(({ id }) => id).sort();
  await tx.run(markStatement, [tx.workspaceId, plainArray(ids), dayOf(tx.now)]);
}

async function putOff(tx: Tx, holds: readonly Hold[]): Promise<void> {
  const sorted = holds.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await tx.run(putOffStatement, [
    tx.workspaceId,
    plainArray(sorted.map(({ id }) => id)),
    timeArray(sorted.map(({ until }) => until)),
    textArray(sorted.map(({ reason }) => reason)),
  ]);
}

const markStatement = {
  name: "mark-counted-deliveries",
  text: /* sql */ `
update deliveries d set counted_day = to_timestamp($3 / 1000e0) from unnest($2::uuid[]) as u (id)
where d.workspace_id = $1 and d.id = u.id`,
};

// No attempt is counted, and the clock does not look for them until then.
const putOffStatement = {
  name: "put-off-deliveries",
  text: /* sql */ `
update deliveries d set due_at = to_timestamp(u.until), reason = u.reason
from unnest($2::uuid[], $3::float8[], $4::text[]) as u (id, until, reason)
where d.workspace_id = $1 and d.id = u.id
  and case when d.state = 'queued' and d.due_at < to_timestamp(u.until) then true end`,
};
