import type { Tx } from "../../store/transaction.ts";
import type { Changes } from "../changes.ts";
import type { EntrySlot } from "../entry-slot.ts";
import type { ProfileWork } from "../profile-work.ts";
import type { RunSlot } from "../run-slot.ts";
import type { Batch } from "../take.ts";
import { deleteRows } from "./delete-rows.ts";
import { insertDeliveries } from "./insert-deliveries.ts";
import { insertRefusals } from "./insert-refusals.ts";
import { insertRuns } from "./insert-runs.ts";
import { insertSteps } from "./insert-steps.ts";
import { saveEntries } from "./save-entries.ts";
import { deleteHeldEntries, insertHeldEntries } from "./save-held-entries.ts";
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

/** Writes a batch in one round trip: one statement per kind of row, none for a kind without rows, however large the batch. */
export async function saveAll(tx: Tx, { shard, batch, profiles, changes }: Outcome): Promise<void> {
  const slots = changedSlots(profiles);
  const timers = timerChanges(batch, slots);
  const some = <T>(rows: readonly T[], write: (rows: readonly T[]) => Promise<number>): Promise<number> | undefined =>
    rows.length > 0 ? write(rows) : undefined;
  await Promise.all([
    some(
      profiles.filter((profile) => profile.traitsChanged),
      (rows) => saveProfiles(tx, rows),
    ),
    some(
      slots.filter((slot) => slot.isNew),
      (rows) => insertRuns(tx, rows),
    ),
    some(
      slots.filter((slot) => !slot.isNew),
      (rows) => updateRuns(tx, rows),
    ),
    some(changedEntries(profiles), (rows) => saveEntries(tx, rows)),
    some(changes.steps, (rows) => insertSteps(tx, rows)),
    some(timers.gone, (rows) => deleteTimers(tx, shard, rows)),
    some(timers.set, (rows) => insertTimers(tx, shard, rows)),
    some(changes.deliveries, (rows) => insertDeliveries(tx, rows)),
    some(changes.refusals, (rows) => insertRefusals(tx, rows)),
    some(changes.heldEntries, (rows) => insertHeldEntries(tx, rows)),
    some(changes.decidedEntries, (rows) => deleteHeldEntries(tx, rows)),
    some(batch.rows, (rows) => deleteRows(tx, shard, rows)),
  ]);
}

function changedSlots(profiles: readonly ProfileWork[]): RunSlot[] {
  const slots: RunSlot[] = [];
  for (const { runs, left } of profiles) {
    for (const slot of runs) if (slot.changed) slots.push(slot);
    for (const slot of left) slots.push(slot);
  }
  return slots;
}

function changedEntries(profiles: readonly ProfileWork[]): EntrySlot[] {
  const entries: EntrySlot[] = [];
  for (const profile of profiles) for (const entry of profile.entries.values()) if (entry.changed) entries.push(entry);
  return entries;
}

type GoneTimer = Pick<TimerRow, "dueAt" | "runId">;

// Every timer that was taken goes: it fired, was held, or belonged to a run that had moved on.
function timerChanges(batch: Batch, slots: readonly RunSlot[]): { gone: GoneTimer[]; set: TimerRow[] } {
  const taken = new Map<string, number[]>();
  for (const { runId, dueAt } of batch.timers) taken.set(runId, [...(taken.get(runId) ?? []), dueAt]);
  const gone: GoneTimer[] = [...batch.timers];
  const set: TimerRow[] = [];
  for (const { run, storedTimer, timerHeld } of slots) {
    const wakeAt = run.status === "active" && !timerHeld ? run.wakeAt : null;
    const stored = storedTimer !== null && !taken.get(run.id)?.includes(storedTimer) ? storedTimer : null;
    if (wakeAt === stored) continue;
    if (stored !== null) gone.push({ runId: run.id, dueAt: stored });
    if (wakeAt !== null) set.push({ dueAt: wakeAt, runId: run.id, profileId: run.profileId, seq: run.seq });
  }
  return { gone, set };
}
