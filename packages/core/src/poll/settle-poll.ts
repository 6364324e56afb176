import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import type { PollClaim } from "./claim-poll.ts";
import type { PollError } from "./runtime.ts";

export interface Moved {
  readonly cursor: string;
  readonly dueAt: number;
}

/**
 * Writes where to go on. Throws `poll.lease_lost` when another worker has claimed the poll since, so that what was to be
 * stored with it is not: the other one finds it too.
 */
export async function moveCursor(tx: Tx, { connectionId, claim }: PollClaim, { cursor, dueAt }: Moved): Promise<void> {
  const moved = await tx.run(
    `update polls set cursor = $4, due_at = to_timestamp($5 / 1000e0), error = null
     where workspace_id = $1 and connection_id = $2 and claim = $3`,
    [tx.workspaceId, connectionId, claim, cursor, dueAt],
  );
  if (moved === 0) throw new WendError("poll.lease_lost");
}

/** Gives the poll back: the cursor stays. Without an error nothing is said against it. */
export async function releasePoll(
  tx: Tx,
  { connectionId, claim }: PollClaim,
  { dueAt, error }: { dueAt: number; error?: PollError },
): Promise<void> {
  await tx.run(
    `update polls set due_at = to_timestamp($4 / 1000e0), error = coalesce($5::jsonb, error)
     where workspace_id = $1 and connection_id = $2 and claim = $3`,
    [tx.workspaceId, connectionId, claim, dueAt, error ? JSON.stringify(error) : null],
  );
}
