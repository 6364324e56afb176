import type { OpeningTx, Tx } from "../../store/transaction.ts";

/** What a connection's rate leaves at this instant, over all workers. Spans are in seconds. */
export interface Rate {
  readonly perSecond: number;
  /** How far the calls made so far reach into the future at that rate. */
  readonly ahead: number;
}

// A rate below one a second still lets one call through.
const burstOf = (perSecond: number) => Math.max(1, 1 / perSecond);

/** Calls that may be made now: at most a second's worth at once. */
export const callsNow = ({ perSecond, ahead }: Rate): number =>
  // A millionth: whole numbers do not survive floating point exactly.
  Math.max(0, Math.floor((burstOf(perSecond) - ahead) * perSecond + 1e-6));

/** Milliseconds until `more` calls, or as many as go at once, may be made after `calls` now. */
export function waitMsFor({ perSecond, ahead }: Rate, calls: number, more: number): number {
  const burst = burstOf(perSecond);
  const next = Math.min(more / perSecond, burst);
  return Math.max(1, Math.ceil((ahead + calls / perSecond + next - burst) * 1_000));
}

/** Reads the rate and locks it for the claim. */
export async function loadRate(tx: OpeningTx, connectionId: string, perSecond: number): Promise<Rate> {
  const [row] = await tx.rows<{ ahead: number | null }>(loadStatement, [tx.workspaceId, connectionId]);
  return { perSecond, ahead: Math.max(0, row?.ahead ?? 0) };
}

/** Takes calls out of the rate. */
export async function spendRate(tx: Tx, connectionId: string, seconds: number): Promise<void> {
  await tx.run(spendStatement, [tx.workspaceId, connectionId, tx.now, seconds]);
}

const loadStatement = {
  name: "load-connection-rate",
  text: /* sql */ `
select (extract(epoch from rate_at) - current_setting('wend.now')::float8 / 1000e0)::float8 as ahead
from connections where workspace_id = $1 and id = $2 for update`,
};

const spendStatement = {
  name: "spend-connection-rate",
  text: /* sql */ `
update connections set rate_at = greatest(rate_at, to_timestamp($3 / 1000e0)) + $4 * interval '1 second'
where workspace_id = $1 and id = $2`,
};
