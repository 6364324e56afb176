import type { JsonObject } from "@wend/journey";
import { WendError } from "@wend/plugin";
import { isUuid } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";
import type { Journey, JourneyRow } from "./journey.ts";
import { journeyColumns, toJourney } from "./journey.ts";

/** The journey of that id or key with its draft; throws `journey.not_found`. */
export async function loadJourney(tx: Tx, idOrKey: string): Promise<Journey & { readonly draft: JsonObject }> {
  const column = isUuid(idOrKey) ? "id" : "key";
  const [row] = await tx.rows<JourneyRow & { draft: JsonObject }>(
    `select ${journeyColumns}, draft from journeys where workspace_id = $1 and ${column} = $2`,
    [tx.workspaceId, idOrKey],
  );
  if (!row) throw new WendError("journey.not_found", { pointer: "/journey", detail: `Asked for ${idOrKey}.` });
  return { ...toJourney(row), draft: row.draft };
}
