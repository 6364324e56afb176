import type { JsonObject, RecentVisits, RunError, RunState } from "@wend/journey";
import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { EntrySlot } from "../entry-slot.ts";
import { entrySlotKey } from "../entry-slot.ts";
import type { ProfileWork } from "../profile-work.ts";
import type { EntryPosition, HeldSignal } from "../run-slot.ts";

/** A stored run whose compiled version is not at hand yet. */
export interface StoredRun {
  readonly profile: ProfileWork;
  readonly run: RunState;
  readonly entryEvent: EntryPosition;
  readonly held: HeldSignal[];
  readonly goalAt: number | null;
}

interface EntryRow {
  profile_id: string;
  journey_id: string;
  entry_key: string;
  run_id: string | null;
  entered_at: number;
  entry_ended_at: number | null;
  times: number;
  last_event: string;
  version: number;
  entry_name: string;
  entry_at: number;
  entry_id: string;
  status: RunState["status"];
  node_id: string;
  since: number;
  seq: number;
  wake_at: number | null;
  vars: JsonObject;
  visits: RecentVisits | null;
  started_at: number;
  outcome: string | null;
  error: RunError | null;
  held: HeldSignal[] | null;
  goal_at: number | null;
}

/** Fills in what re-entry rules remember, and returns the runs that stand. One way leads from a profile to both. */
export async function loadEntries(tx: Tx, profiles: ReadonlyMap<string, ProfileWork>): Promise<StoredRun[]> {
  const rows = await tx.rows<EntryRow>(loadEntriesSql, [tx.workspaceId, plainArray([...profiles.keys()])]);
  const runs: StoredRun[] = [];
  for (const row of rows) {
    const profile = profiles.get(row.profile_id)!;
    profile.entries.set(entrySlotKey(row.journey_id, row.entry_key), toEntry(row));
    if (row.run_id !== null) runs.push(toRun(row, profile));
  }
  // Older runs hear of a signal first.
  return runs.sort((a, b) => a.run.startedAt - b.run.startedAt || (a.run.id < b.run.id ? -1 : 1));
}

function toEntry(row: EntryRow): EntrySlot {
  return {
    profileId: row.profile_id,
    journeyId: row.journey_id,
    entryKey: row.entry_key,
    runId: row.run_id,
    enteredAt: row.entered_at,
    endedAt: row.entry_ended_at,
    times: row.times,
    lastEvent: row.last_event,
    changed: false,
  };
}

function toRun(row: EntryRow, profile: ProfileWork): StoredRun {
  return {
    profile,
    run: {
      id: row.run_id!,
      journeyId: row.journey_id,
      version: row.version,
      profileId: row.profile_id,
      entryKey: row.entry_key,
      status: row.status,
      nodeId: row.node_id,
      since: row.since,
      seq: row.seq,
      wakeAt: row.wake_at,
      vars: row.vars,
      visits: row.visits,
      startedAt: row.started_at,
      endedAt: null,
      endedBy: null,
      outcome: row.outcome,
      error: row.error,
    },
    entryEvent: { id: row.entry_id, name: row.entry_name, receivedAt: row.entry_at },
    held: row.held ?? [],
    goalAt: row.goal_at,
  };
}

const loadEntriesSql = {
  name: "load-entries",
  text: /* sql */ `
select e.profile_id, e.journey_id, e.entry_key, e.run_id, e.entered_at, e.ended_at as entry_ended_at, e.times,
  e.last_event, r.version, r.entry_name, r.entry_at, r.entry_id, r.status, r.node_id, r.since, r.seq, r.wake_at,
  r.vars, r.visits, r.started_at, r.outcome, r.error, r.held, r.goal_at
from unnest($2::uuid[]) as u (id)
cross join lateral (select * from entries where workspace_id = $1 and profile_id = u.id offset 0) e
left join lateral (select * from runs where workspace_id = $1 and id = e.run_id offset 0) r on true`,
};
