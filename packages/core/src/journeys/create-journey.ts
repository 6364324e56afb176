import type { Catalog } from "@wend/journey";
import { WendError } from "@wend/plugin";
import { uuidv7 } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";
import { recordJourneyChange } from "./change-log.ts";
import { parseDefinition } from "./check-definition.ts";
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
  const definition = parseDefinition(journey.definition, journey.catalog);
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
