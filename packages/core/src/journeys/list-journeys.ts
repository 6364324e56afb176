import type { Tx } from "../store/transaction.ts";
import type { Journey, JourneyRow } from "./journey.ts";
import { journeyColumns, toJourney } from "./journey.ts";

/** The journeys of the workspace, newest first. */
export async function listJourneys(tx: Tx, page: { limit: number; before?: string | undefined }): Promise<Journey[]> {
  const rows = await tx.rows<JourneyRow>(
    `select ${journeyColumns} from journeys
     where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [tx.workspaceId, page.before ?? null, page.limit],
  );
  return rows.map(toJourney);
}
