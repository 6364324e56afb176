import type { Tx } from "../../store/transaction.ts";
import type { Changes } from "../changes.ts";
import type { ProfileWork } from "../profile-work.ts";
import type { RunSlot } from "../run-slot.ts";
import type { Batch } from "../take.ts";
import { deleteRows } from "./delete-rows.ts";
import { insertDeliveries } from "./insert-deliveries.ts";
import { insertRefusals } from "./insert-refusals.ts";
import { insertRuns } from "./insert-runs.ts";
import { insertSteps } from "./insert-steps.ts";
import { saveEntries } from "./save-entries.ts";
import { saveProfiles } from "./save-profiles.ts";
import type { TimerRow } from "./save-timers.ts";
import { deleteTimers, insertTimers } from "./save-timers.ts";
import { updateRuns } from "./update-runs.ts";

export interface Outcome {
  readonly shard: number;
  readonly batch: Batch;
  readonly profiles: readonly ProfileWork[];
  readonly changes: Changes;
}

/** Writes a batch: one statement per kind of row, none for a kind without rows, however large the batch. */
export async function saveAll(tx: Tx, { shard, batch, profiles, changes }: Outcome): Promise<void> {
  const slots = profiles.flatMap((profile) => [...profile.runs, ...profile.left]).filter((slot) => slot.changed);
  const timers = timerChanges(batch, slots);
  const some = async <T>(rows: readonly T[], write: (rows: readonly T[]) => Promise<number>) => {
    if (rows.length > 0) await write(rows);
  };
  await some(profiles.filter((profile) => profile.traitsChanged), (rows) => saveProfiles(tx, rows));
  await some(slots.filter((slot) => slot.isNew), (rows) => insertRuns(tx, rows));
  await some(slots.filter((slot) => !slot.isNew), (rows) => updateRuns(tx, rows));
  await some(changedEntries(profiles), (rows) => saveEntries(tx, rows));
  await some(changes.steps, (rows) => insertSteps(tx, rows));
  await some(timers.gone, (rows) => deleteTimers(tx, shard, rows));
  await some(timers.set, (rows) => insertTimers(tx, shard, rows));
  await some(changes.deliveries, (rows) => insertDeliveries(tx, rows));
  await some(changes.refusals, (rows) => insertRefusals(tx, rows));
  await some(batch.rows, (rows) => deleteRows(tx, shard, rows));
}

const changedEntries = (profiles: readonly ProfileWork[]) =>
  profiles.flatMap((profile) => [...profile.entries.values()].filter((entry) => entry.changed));

// Every timer that was taken goes: it fired, was held, or belonged to a run that had moved on.
function timerChanges(batch: Batch, slots: readonly RunSlot[]): { gone: Pick<TimerRow, "dueAt" | "runId">[]; set: TimerRow[] } {
  const taken = new Set(batch.timers.map((timer) => `${timer.runId} ${timer.dueAt}`));
  const gone: Pick<TimerRow, "dueAt" | "runId">[] = [...batch.timers];
  const set: TimerRow[] = [];
  for (const { run, storedTimer, timerHeld } of slots) {
    const wakeAt = run.status === "active" && !timerHeld ? run.wakeAt : null;
    const stored = storedTimer !== null && !taken.has(`${run.id} ${storedTimer}`) ? storedTimer : null;
    if (wakeAt === stored) continue;
    if (stored !== null) gone.push({ runId: run.id, dueAt: stored });
    if (wakeAt !== null) set.push({ dueAt: wakeAt, runId: run.id, profileId: run.profileId, seq: run.seq });
  }
  return { gone, set };
}
