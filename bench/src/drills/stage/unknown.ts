import { inWorkspace } from "@wend/core";
import type { SinkName } from "../sink/message.ts";
import type { Stage } from "./stage.ts";

/** A delivery of unknown outcome, as the API lists it for the operator. */
export interface Unknown {
  readonly sink: SinkName;
  readonly runId: string;
  readonly customer: string;
}

/** Asks the API for every delivery of unknown outcome, page by page. */
export async function listUnknown(stage: Stage): Promise<Unknown[]> {
  const names = await loadNames(stage);
  const found: Unknown[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await stage.client.api.deliveries.list.query({
      state: "unknown",
      limit: 200,
      ...(before !== undefined && { before }),
    });
    for (const { action, runId, profileId } of page.items) {
      found.push({ sink: action as SinkName, runId, customer: names.get(profileId) ?? profileId });
    }
    if (page.next === null) return found;
    before = page.next;
  }
}

/** The runs whose journey took the way of an unknown outcome. */
export async function loadHeldRuns({ store, place }: Stage): Promise<string[]> {
  const rows = await inWorkspace(store, place.workspace.id, (tx) =>
    tx.rows<{ id: string }>("select id from runs where workspace_id = $1 and outcome = 'held'", [place.workspace.id]),
  );
  return rows.map((row) => row.id);
}

async function loadNames({ store, place }: Stage): Promise<Map<string, string>> {
  const rows = await inWorkspace(store, place.workspace.id, (tx) =>
    tx.rows<{ profile_id: string; value: string }>("select profile_id, value from identities where workspace_id = $1", [
      place.workspace.id,
    ]),
  );
  return new Map(rows.map((row) => [row.profile_id, row.value]));
}
