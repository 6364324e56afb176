import type { RunState } from "@wend/journey";
import type { Page, PageRequest } from "../listing/page.ts";
import { scanPage } from "../listing/scan-page.ts";
import type { Tx } from "../store/transaction.ts";
import type { RunRow, RunSummary } from "./run-view.ts";
import { runColumns, toRunSummary } from "./run-view.ts";

export interface RunQuery extends PageRequest {
  readonly journeyId?: string | undefined;
  readonly profileId?: string | undefined;
  readonly status?: RunState["status"] | undefined;
}

/** Runs, the youngest first. A profile's or a journey's are found by index, a status by looking through them. */
export async function listRuns(tx: Tx, query: RunQuery): Promise<Page<RunSummary>> {
  const { journeyId, profileId, status } = query;
  const byProfile = profileId !== undefined;
  const page = await scanPage<RunRow>(
    tx,
    {
      table: "runs",
      columns: runColumns,
      seek: byProfile ? { profile_id: profileId } : { journey_id: journeyId },
      filter: { status, journey_id: byProfile ? journeyId : undefined },
    },
    query,
  );
  return { items: page.items.map(toRunSummary), next: page.next };
}
