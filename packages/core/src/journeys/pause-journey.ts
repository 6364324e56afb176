import { WendError } from "@wend/plugin";
import type { Tx } from "../store/transaction.ts";
import { recordJourneyChange } from "./change-log.ts";
import type { JourneyStatus, PausedEntries } from "./journey.ts";
import { loadJourney } from "./load-journey.ts";

export interface StatusChange {
  readonly journey: string;
  readonly actor: string;
}

export interface Pause extends StatusChange {
  /** Entries are kept and decided on resume, which is the default, or refused as `journey_paused`. */
  readonly entries?: PausedEntries | undefined;
}

/** Holds every run where it is, and entries too or refuses them; nobody leaves because time passed. */
export function pauseJourney(tx: Tx, { entries = "buffer", ...change }: Pause): Promise<{ id: string }> {
  return setStatus(tx, { ...change, from: "live", to: "paused", name: "paused", entries });
}

/** Runs and entries that a pause kept and that are decided per second after a resume, so that it is no burst. */
const RESUMED_PER_SECOND = 1_000;

/**
 * Takes new entries again. Every run that held signals, then every entry that was kept, gets a timer, spaced out in
 * time; when it fires, what was held is decided in its order.
 */
export async function resumeJourney(tx: Tx, change: StatusChange & { shards: number }): Promise<{ id: string }> {
  // A batch under way may have read that the journey is paused, and hold something only when it commits.
  await tx.rows("select n from shards where workspace_id = $1 order by n for no key update", [tx.workspaceId]);
  const { id } = await setStatus(tx, { ...change, from: "paused", to: "live", name: "resumed" });
  await tx.run(
    `insert into timers (workspace_id, shard, due_at, run_id, seq, profile_id)
     select $1, get_byte(uuid_send(profile_id), 15) & ($3 - 1),
       to_timestamp($4 / 1000e0) + interval '1 second' * ((row_number() over (order by turn, at, run_id) - 1) / $5::int),
       run_id, seq, profile_id
     from (
       select 1 as turn, since as at, id as run_id, seq, profile_id from runs
       where workspace_id = $1 and journey_id = $2 and status = 'active' and held is not null
       union all
       select 2, received_at, run_id, 0, profile_id from held_entries where workspace_id = $1 and journey_id = $2
     ) as waiting
     on conflict do nothing`,
    [tx.workspaceId, id, change.shards, tx.now, RESUMED_PER_SECOND],
  );
  return { id };
}

interface Transition extends StatusChange {
  readonly from: JourneyStatus;
  readonly to: JourneyStatus;
  readonly name: "paused" | "resumed";
  /** Absent: as it was. */
  readonly entries?: PausedEntries;
}

async function setStatus(tx: Tx, change: Transition): Promise<{ id: string }> {
  const journey = await loadJourney(tx, change.journey);
  const changed = await tx.run(
    `update journeys set status = $4, updated_at = to_timestamp($5 / 1000e0),
       paused_entries = coalesce($6, paused_entries, 'buffer')
     where workspace_id = $1 and id = $2 and status = $3`,
    [tx.workspaceId, journey.id, change.from, change.to, tx.now, change.entries ?? null],
  );
  if (changed === 0) {
    const detail = `It is ${journey.status}; this needs ${change.from}.`;
    throw new WendError("journey.wrong_state", { pointer: "/journey", detail });
  }
  await recordJourneyChange(tx, { journeyId: journey.id, change: change.name, version: null, actor: change.actor });
  return { id: journey.id };
}
