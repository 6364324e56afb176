import type { Catalog } from "@wend/journey";
import { compileJourney } from "@wend/journey";
import { WendError } from "@wend/plugin";
import { textArray } from "../store/arrays.ts";
import type { Tx } from "../store/transaction.ts";
import { recordJourneyChange } from "./change-log.ts";
import { parseDefinition } from "./check-definition.ts";
import { loadJourney } from "./load-journey.ts";

export interface Publish {
  readonly journey: string;
  readonly catalog: Catalog;
  readonly actor: string;
}

/**
 * Freezes the draft as the next version; new entries go to it from the next batch of each shard on, runs stay
 * where they are. The draft is checked again: a connection may have gone since it was written.
 */
export async function publishJourney(tx: Tx, publish: Publish): Promise<{ id: string; version: number }> {
  const journey = await loadJourney(tx, publish.journey);
  const definition = parseDefinition(journey.draft, publish.catalog);
  const { needs } = compileJourney(definition, { journeyId: journey.id, version: 0, catalog: publish.catalog });
  const [row] = await tx.rows<{ version: number }>(
    `with locked as (
       select id from journeys where workspace_id = $1 and id = $2 and status in ('draft', 'live', 'paused') for update
     ), made as (
       insert into journey_versions (workspace_id, journey_id, version, definition, published_at, listens)
       select $1, locked.id,
         1 + coalesce((select max(version) from journey_versions v where v.workspace_id = $1 and v.journey_id = $2), 0),
         $3, to_timestamp($4 / 1000e0), $5
       from locked
       returning version
     )
     update journeys j set live_version = made.version, updated_at = to_timestamp($4 / 1000e0),
       status = case when j.status = 'paused' then 'paused' else 'live' end
     from made where j.workspace_id = $1 and j.id = $2
     returning made.version`,
    [tx.workspaceId, journey.id, JSON.stringify(journey.draft), tx.now, textArray([...needs.events])],
  );
  if (!row) {
    throw new WendError("journey.wrong_state", {
      pointer: "/journey",
      detail: `It is ${journey.status}; publish needs draft, live or paused.`,
    });
  }
  await recordJourneyChange(tx, {
    journeyId: journey.id,
    change: "published",
    version: row.version,
    actor: publish.actor,
  });
  return { id: journey.id, version: row.version };
}
