import type { JsonObject } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import type { Journey, JourneyRow } from "./journey.ts";
import { journeyColumns, toJourney } from "./journey.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The journey of that id or key with its draft; throws `journey.not_found`. */
export async function loadJourney(tx: Tx, idOrKey: string): Promise<Journey & { readonly draft: JsonObject }> {
  const column = uuid.test(idOrKey) ? "id" : "key";
  const [row] = await tx.rows<JourneyRow & { draft: JsonObject }>(
    `select ${journeyColumns}, draft from journeys where workspace_id = $1 and ${column} = $2`,
    [tx.workspaceId, idOrKey],
  );
  if (!row) throw new WendError("journey.not_found", { detail: `Asked for ${idOrKey}.` });
  return { ...toJourney(row), draft: row.draft };
}

/** The journeys of the workspace, newest first. */
export async function listJourneys(tx: Tx, page: { limit: number; before?: string | undefined }): Promise<Journey[]> {
  const rows = await tx.rows<JourneyRow>(
    `select ${journeyColumns} from journeys
     where workspace_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [tx.workspaceId, page.before ?? null, page.limit],
  );
  return rows.map(toJourney);
}

/** How many runs of the journey stand where: the counts add up to all that ever entered. */
export async function countRuns(tx: Tx, journeyId: string): Promise<RunCounts> {
  const rows = await tx.rows<{ status: string; ended_by: string | null; count: number }>(
    `select status, ended_by, count(*) as count from runs
     where workspace_id = $1 and journey_id = $2 group by status, ended_by`,
    [tx.workspaceId, journeyId],
  );
  const counts = { entered: 0, active: 0, failed: 0, ended: 0, endedBy: {} as Record<string, number> };
  for (const row of rows) {
    counts.entered += row.count;
    if (row.status === "ended") {
      counts.ended += row.count;
      counts.endedBy[row.ended_by ?? "end"] = row.count;
    } else if (row.status === "failed") counts.failed += row.count;
    else counts.active += row.count;
  }
  return counts;
}

/** `entered = active + failed + ended`, always. */
export interface RunCounts {
  readonly entered: number;
  readonly active: number;
  /** Parked by an error; they can be retried. */
  readonly failed: number;
  readonly ended: number;
  /** The ended ones by `end`, `goal`, `exit`. */
  readonly endedBy: Readonly<Record<string, number>>;
}
