import type { Decision, Signal } from "@wend/journey";
import { decide } from "@wend/journey";
import { uuidv7 } from "../ids.ts";
import type { JourneyState } from "../journeys/live-journeys.ts";
import { entrySlotKey } from "./entry-slot.ts";
import { factsOf } from "./facts.ts";
import { holdSignal, keepsNoMore, parkFull, readHeld, takeHeld } from "./hold.ts";
import type { Pass } from "./pass.ts";
import type { RunSlot } from "./run-slot.ts";

/** Gives a run a signal. A paused run keeps it for later, and so does a parked one that it does not end. */
export function signalRun(pass: Pass, slot: RunSlot, signal: Signal): void {
  if (slot.run.status === "failed") tellParked(pass, slot, signal);
  else if (isPaused(pass, slot)) keep(pass, slot, signal);
  else decideRun(pass, slot, signal);
}

// The goal and the exits end a parked run at once, paused or not; a retry of it decides what else came.
function tellParked(pass: Pass, slot: RunSlot, signal: Signal): void {
  decideRun(pass, slot, signal);
  if (slot.run.status === "failed") keep(pass, slot, signal);
}

function keep(pass: Pass, slot: RunSlot, signal: Signal): void {
  if (keepsNoMore(slot.run) || holdSignal(slot, signal)) return;
  slot.run = parkFull(slot.run, slot, signal.at);
  slot.changed = true;
  // A paused run has not been asked yet whether one of these ends it; from here on it is a parked one.
  for (const held of [...readHeld(slot), signal]) decideRun(pass, slot, held);
}

/**
 * Decides what a resumed journey's run had to keep, before anything new, in one order of time: a timer that one of
 * these signals sets and that was due before the next of them fires between the two. Should one of them park the run,
 * it keeps the rest.
 */
export function replayHeld(pass: Pass, slot: RunSlot): void {
  if (slot.held.length === 0 || slot.run.status === "failed" || isPaused(pass, slot)) return;
  for (const signal of takeHeld(slot)) {
    fireBefore(pass, slot, signal.at);
    signalRun(pass, slot, signal);
  }
  signalRun(pass, slot, { kind: "profile", at: pass.now });
}

function fireBefore(pass: Pass, slot: RunSlot, before: number): void {
  for (let due = slot.run.wakeAt; due !== null && due < before; due = slot.run.wakeAt) {
    decideRun(pass, slot, { kind: "timer", at: due });
    if (slot.run.status !== "active" || slot.run.wakeAt === due) return;
  }
}

/** Visits the node again at which a run was parked, then decides what it had to keep meanwhile. */
export function retryRun(pass: Pass, slot: RunSlot, at: number): void {
  if (slot.run.status !== "failed" || isPaused(pass, slot)) return;
  decideRun(pass, slot, { kind: "retry", at });
  replayHeld(pass, slot);
}

const isPaused = ({ journeys }: Pass, { run }: RunSlot): boolean => journeys.byId(run.journeyId).status === "paused";

/** Decides a signal and notes all that follows from it. */
export function decideRun(pass: Pass, slot: RunSlot, signal: Signal): void {
  if (slot.run.status === "ended") return;
  const journey = pass.journeys.byId(slot.run.journeyId);
  const facts = factsOf(pass.profile, journey, slot.entry);
  const decision = decide({ version: slot.version, run: slot.run, signal, facts, now: signal.at });
  if (decision.kind === "ignored") return;
  slot.run = decision.run;
  slot.changed = true;
  if (decision.goal) slot.goalAt = signal.at;
  noteAppended(pass, decision, { journey, at: signal.at });
  if (decision.traits) {
    pass.profile.traits = decision.traits;
    pass.profile.traitsChanged = true;
    pass.profile.settle = true;
  }
  if (decision.run.status === "ended") leave(pass, slot);
}

function noteAppended(
  { changes }: Pass,
  { run, steps, deliveries }: Decision,
  { journey, at }: { journey: JourneyState; at: number },
): void {
  for (const step of steps) changes.steps.push({ runId: run.id, step });
  for (const planned of deliveries) {
    changes.deliveries.push({ id: uuidv7(), run, planned, way: journey.wayOf(planned.connection, run.profileId), at });
  }
}

function leave({ profile }: Pass, slot: RunSlot): void {
  profile.runs = profile.runs.filter((candidate) => candidate !== slot);
  profile.left.push(slot);
  slot.held = [];
  slot.timerHeld = false;
  const entry = profile.entries.get(entrySlotKey(slot.run.journeyId, slot.run.entryKey));
  if (entry?.runId !== slot.run.id) return;
  entry.runId = null;
  entry.endedAt = slot.run.endedAt;
  entry.changed = true;
}
