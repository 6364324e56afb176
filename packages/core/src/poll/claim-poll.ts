import type { ConnectionId } from "../connections/connections.ts";
import type { Tx } from "../store/transaction.ts";
import type { PollError } from "./runtime.ts";

/** A poll that this worker holds: nobody else asks while its lease lasts. */
export interface PollClaim extends ConnectionId {
  /** The fence: every later write names it, and changes nothing once another claim has counted on. */
  readonly claim: number;
  readonly cursor: string | null;
  readonly failures: number;
}

/** A call has 30 s, and what it found has to be stored. */
export const leaseMs = 60_000;

/**
 * Claims a poll that is due, and makes its row the first time; undefined when another was quicker. The lease is its next
 * due time: of a worker that dies, another one takes over then.
 */
export async function claimPoll(tx: Tx, { workspaceId, connectionId }: ConnectionId): Promise<PollClaim | undefined> {
  const [row] = await tx.rows<{ claim: number; cursor: string | null; error: PollError | null }>(claimSql, [
    tx.workspaceId,
    connectionId,
    tx.now,
    tx.now + leaseMs,
  ]);
  return row && { workspaceId, connectionId, ...row, failures: row.error?.failures ?? 0 };
}

const claimSql = /* sql */ `
insert into polls as p (workspace_id, connection_id, due_at, claim)
values ($1, $2, to_timestamp($4 / 1000e0), 1)
on conflict (workspace_id, connection_id) do update set claim = p.claim + 1, due_at = excluded.due_at
where p.due_at <= to_timestamp($3 / 1000e0)
returning claim, cursor, error`;
