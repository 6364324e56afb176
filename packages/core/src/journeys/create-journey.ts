import type { Catalog } from "@wend/journey";
import { parseJourney } from "@wend/journey";
import { WendError } from "@wend/plugin";
import { uuidv7 } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";
import { recordJourneyChange } from "./change-log.ts";
import type { Journey, JourneyRow } from "./journey.ts";
import { journeyColumns, toJourney } from "./journey.ts";

export interface NewJourney {
  /** Stable name for code and reports, unique in the workspace. */
  readonly key: string;
  readonly definition: unknown;
  readonly catalog: Catalog;
  readonly actor: string;
}

/** Stores a draft after the whole of it was checked; throws `journey.invalid` with all problems, or `journey.key_taken`. */
export async function createJourney(tx: Tx, journey: NewJourney): Promise<Journey> {
  const definition = parseJourney(journey.definition, journey.catalog);
  const [row] = await tx.rows<JourneyRow>(
    `insert into journeys (workspace_id, id, key, name, status, draft, created_at, updated_at)
     values ($1, $2, $3, $4, 'draft', $5, to_timestamp($6 / 1000e0), to_timestamp($6 / 1000e0))
     on conflict (workspace_id, key) do nothing returning ${journeyColumns}`,
    [tx.workspaceId, uuidv7(), journey.key, definition.name, JSON.stringify(journey.definition), tx.now],
  );
  if (!row) throw new WendError("journey.key_taken", { pointer: "/key", detail: `The key is ${journey.key}.` });
  await recordJourneyChange(tx, { journeyId: row.id, change: "created", version: null, actor: journey.actor });
  return toJourney(row);
}

/** Replaces the draft; published versions stay as they are. */
export async function updateDraft(tx: Tx, change: Omit<NewJourney, "key"> & { journeyId: string }): Promise<Journey> {
  const definition = parseJourney(change.definition, change.catalog);
  const [row] = await tx.rows<JourneyRow>(
    `update journeys set draft = $3, name = $4, updated_at = to_timestamp($5 / 1000e0)
     where workspace_id = $1 and id = $2 returning ${journeyColumns}`,
    [tx.workspaceId, change.journeyId, JSON.stringify(change.definition), definition.name, tx.now],
  );
  if (!row) throw new WendError("journey.not_found");
  await recordJourneyChange(tx, { journeyId: row.id, change: "updated", version: null, actor: change.actor });
  return toJourney(row);
}
