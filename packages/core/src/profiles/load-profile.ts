import type { JsonObject } from "@wend/journey";
import type { RunRow, RunSummary } from "../runs/run-view.ts";
import { runColumns, toRunSummary } from "../runs/run-view.ts";
import type { Tx } from "../store/transaction.ts";
import type { ProfileName } from "./find-profile.ts";
import { resolveProfileId } from "./find-profile.ts";
import type { ConsentView, ProfileDetail } from "./profile-view.ts";

/** The profile of that name as known now, with its consents and the runs it is in; throws `profile.not_found`. */
export async function loadProfile(tx: Tx, name: ProfileName): Promise<ProfileDetail> {
  const id = await resolveProfileId(tx, name);
  const [row] = await tx.rows<{ traits: JsonObject; created_at: number; updated_at: number }>(
    "select traits, created_at, updated_at from profiles where workspace_id = $1 and id = $2",
    [tx.workspaceId, id],
  );
  return {
    id,
    traits: row!.traits,
    createdAt: row!.created_at,
    updatedAt: row!.updated_at,
    identities: await loadIdentities(tx, id),
    consents: await loadConsents(tx, id),
    runs: await loadStandingRuns(tx, id),
  };
}

function loadIdentities(tx: Tx, profileId: string): Promise<{ kind: string; value: string }[]> {
  return tx.rows(
    `select kind, value from identities where workspace_id = $1 and profile_id = $2 order by kind, value limit 100`,
    [tx.workspaceId, profileId],
  );
}

function loadConsents(tx: Tx, profileId: string): Promise<ConsentView[]> {
  return tx.rows<ConsentView & Record<string, unknown>>(
    `select channel, purpose, topic, state, at, source from consents
     where workspace_id = $1 and profile_id = $2 order by channel, purpose, topic limit 500`,
    [tx.workspaceId, profileId],
  );
}

// `entries` leads from a profile to the runs that stand; ended ones are in the timeline.
async function loadStandingRuns(tx: Tx, profileId: string): Promise<RunSummary[]> {
  const rows = await tx.rows<RunRow>(
    `select ${runColumns.replaceAll(/\w+/g, "r.$&")}
     from entries e join runs r on r.workspace_id = $1 and r.id = e.run_id
     where e.workspace_id = $1 and e.profile_id = $2 order by r.id desc limit 100`,
    [tx.workspaceId, profileId],
  );
  return rows.map(toRunSummary);
}
