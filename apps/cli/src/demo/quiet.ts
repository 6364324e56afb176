import type { Runtime, Workspace } from "@wend/core";
import { inWorkspace } from "@wend/core";

/** What still has to happen at the clock's present instant, and when the next thing falls due. */
export interface Rest {
  /** Rows of the inbox, due timers, due deliveries and calls under way. */
  readonly pending: number;
  /** The next instant at which a timer or a retry is due; null when none is. */
  readonly nextDue: number | null;
}

export function loadRest(runtime: Runtime, workspace: Workspace): Promise<Rest> {
  return inWorkspace(runtime.store, workspace.id, async (tx) => {
    const [row] = await tx.rows<{ pending: number; next_due: number | null }>(
      `with due as (
         select due_at, false as calling from timers where workspace_id = $1
         union all
         select due_at, state = 'sending' from deliveries where workspace_id = $1 and due_at is not null
       )
       select (select count(*) from inbox where workspace_id = $1)
           + (select count(*) from due where calling or due_at <= to_timestamp($2 / 1000e0)) as pending,
         (select min(due_at) from due where not calling and due_at > to_timestamp($2 / 1000e0)) as next_due`,
      [workspace.id, tx.now],
    );
    return { pending: Number(row!.pending), nextDue: row!.next_due };
  });
}
