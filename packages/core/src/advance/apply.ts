import type { DeliveryOutcome, Signal } from "@wend/journey";
import { enter, enterHeld } from "./enter.ts";
import { applyTraits, toEventFact } from "./event.ts";
import type { Pass } from "./pass.ts";
import type { RunSlot } from "./run-slot.ts";
import { outcomeOf } from "./run-slot.ts";
import { replayHeld, retryRun, signalRun } from "./signal-run.ts";
import type { InboxRow } from "./take.ts";

/** Rounds of a profile's `when` conditions after a change of traits: two journeys must not feed each other for ever. */
const PROFILE_ROUNDS = 10;

/** Plays a profile's rows and timers in one order of time: an event before a timer of the same instant. */
export function applyProfile(pass: Pass): void {
  resume(pass);
  for (const row of pass.profile.rows) {
    fireTimers(pass, row.receivedAt);
    applyRow(pass, row);
  }
  fireTimers(pass, Number.POSITIVE_INFINITY);
}

// What pauses kept comes before anything new of the profile.
function resume(pass: Pass): void {
  const { profile, now } = pass;
  for (const slot of [...profile.runs]) replayHeld(pass, slot);
  const at = Math.min(now, profile.rows[0]?.receivedAt ?? now);
  enterHeld(pass, at);
  settle(pass, at);
}

// Timers set while the batch works fire in it too, as long as they are due before its horizon.
function fireTimers(pass: Pass, before: number): void {
  for (let slot = earliestDue(pass, before); slot; slot = earliestDue(pass, before)) {
    const at = slot.run.wakeAt!;
    signalRun(pass, slot, { kind: "timer", at });
    settle(pass, at);
  }
}

function earliestDue({ batch, profile }: Pass, before: number): RunSlot | undefined {
  let earliest: RunSlot | undefined;
  for (const slot of profile.runs) {
    const due = slot.run.wakeAt;
    if (due === null || due >= before || slot.timerHeld || !batch.fires(slot.run.id, due)) continue;
    if (!earliest || due < earliest.run.wakeAt!) earliest = slot;
  }
  return earliest;
}

function applyRow(pass: Pass, row: InboxRow): void {
  if (row.kind === "event") applyEvent(pass, row);
  else if (row.kind === "outcome") applyOutcome(pass, row);
  else if (row.kind === "retry") applyRetry(pass, row);
  else pass.profile.settle = true;
  settle(pass, row.receivedAt);
}

// traits -> active runs -> triggers: an event that ends a run may start the next one, but never two.
function applyEvent(pass: Pass, row: InboxRow): void {
  const event = toEventFact(row);
  applyTraits(pass.profile, row);
  for (const slot of [...pass.profile.runs]) {
    if (slot.version.hasConditions || slot.version.listens.has(event.name)) {
      signalRun(pass, slot, { kind: "event", at: event.receivedAt, event });
    }
  }
  for (const journey of pass.journeys.triggeredBy(event.name)) enter(pass, journey, event);
}

function applyOutcome(pass: Pass, row: InboxRow): void {
  const slot = pass.profile.runs.find((candidate) => candidate.run.id === row.runId);
  if (slot) signalRun(pass, slot, outcomeSignal(slot, row));
}

function applyRetry(pass: Pass, row: InboxRow): void {
  const slot = pass.profile.runs.find((candidate) => candidate.run.id === row.runId);
  if (slot) retryRun(pass, slot, row.receivedAt);
}

function outcomeSignal(slot: RunSlot, { detail, receivedAt }: InboxRow): Signal {
  const { seq, outcome } = detail as unknown as { seq: number; outcome: DeliveryOutcome };
  return outcomeOf(slot, { at: receivedAt, seq, outcome });
}

// Exits and goals that look at the profile alone are tested at once whenever it changed.
function settle(pass: Pass, at: number): void {
  const { profile } = pass;
  for (let round = 0; profile.settle && round < PROFILE_ROUNDS; round++) {
    profile.settle = false;
    for (const slot of [...profile.runs]) {
      if (slot.version.hasConditions) signalRun(pass, slot, { kind: "profile", at });
    }
  }
}
