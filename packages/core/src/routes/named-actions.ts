import { webhookAction } from "@wend/journey";
import type { Tx } from "../store/transaction.ts";

/** What a published journey that is still in use asks of a connection or route. */
export interface NamedAction {
  /** Key of the journey. */
  readonly journey: string;
  readonly action: string;
}

/**
 * The actions that journeys ask of a key: of versions that new entries go to, and of those that still have runs under
 * way. A journey that is closed or stopped asks for nothing.
 */
export function findNamedActions(tx: Tx, key: string): Promise<NamedAction[]> {
  return tx.rows(
    `select distinct j.key as journey, coalesce(node ->> 'action', $3) as action
     from journeys j
     join journey_versions v on v.workspace_id = $1 and v.journey_id = j.id
     cross join lateral jsonb_path_query(v.definition, '$.nodes.*') as node
     where j.workspace_id = $1 and j.status in ('live', 'paused', 'closing') and node ->> 'connection' = $2
       and (v.version = j.live_version or exists (
         select from runs r
         where r.workspace_id = $1 and r.journey_id = j.id and r.version = v.version and r.status <> 'ended'))
     order by 1, 2`,
    [tx.workspaceId, key, webhookAction],
  );
}
