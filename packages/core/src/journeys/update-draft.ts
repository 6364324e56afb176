import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import { recordJourneyChange } from "./change-log.ts";
import { parseDefinition } from "./check-definition.ts";
import type { NewJourney } from "./create-journey.ts";
import type { Journey, JourneyRow } from "./journey.ts";
import { journeyColumns, toJourney } from "./journey.ts";

export interface DraftChange extends Omit<NewJourney, "key"> {
  readonly journeyId: string;
}

/** Replaces the draft; published versions stay as they are. Throws `journey.invalid` with all problems, `journey.not_found`. */
export async function updateDraft(tx: Tx, change: DraftChange): Promise<Journey> {
  const definition = parseDefinition(change.definition, change.catalog);
  const [row] = await tx.rows<JourneyRow>(
    `update journeys set draft = $3, name = $4, updated_at = to_timestamp($5 / 1000e0)
     where workspace_id = $1 and id = $2 returning ${journeyColumns}`,
    [tx.workspaceId, change.journeyId, JSON.stringify(change.definition), definition.name, tx.now],
  );
  if (!row) throw new WendError("journey.not_found", { pointer: "/journey" });
  await recordJourneyChange(tx, { journeyId: row.id, change: "updated", version: null, actor: change.actor });
  return toJourney(row);
}
