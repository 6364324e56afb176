import { uuidv7 } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";

export interface JourneyChange {
  readonly journeyId: string;
  readonly change: "created" | "updated" | "published" | "paused" | "resumed";
  readonly version: number | null;
  /** Who asked: the id of an API key, or `cli`. */
  readonly actor: string;
}

/** Appends to the journey's history, in the transaction that makes the change. */
export async function recordJourneyChange(tx: Tx, change: JourneyChange): Promise<void> {
  await tx.run(
    `insert into journey_changes (workspace_id, id, journey_id, at, change, version, actor)
     values ($1, $2, $3, to_timestamp($4 / 1000e0), $5, $6, $7)`,
    [tx.workspaceId, uuidv7(), change.journeyId, tx.now, change.change, change.version, change.actor],
  );
}
