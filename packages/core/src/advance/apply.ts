import type { Decision, EventFact, Signal } from "@wend/journey";
import { decide, decideEntry, startRun } from "@wend/journey";
import { uuidv7 } from "../ids.ts";
import type { JourneyState, JourneyView } from "../journeys/live-journeys.ts";
import type { Changes } from "./changes.ts";
import type { EntrySlot } from "./entry-slot.ts";
import { entrySlotKey } from "./entry-slot.ts";
import { factsOf, historyOf } from "./facts.ts";
import { applyTraits, toEventFact } from "./event.ts";
import { holdSignal, takeHeld } from "./hold.ts";
import type { ProfileWork } from "./profile-work.ts";
import type { RunSlot } from "./run-slot.ts";
import type { Batch, InboxRow } from "./take.ts";

/** The in-memory pass over one batch: pure but for the slots and lists it fills. */
export interface Pass {
  readonly batch: Batch;
  readonly journeys: JourneyView;
  readonly changes: Changes;
  /** The batch's instant; signals carry their own. */
  readonly now: number;
}

/** Passes of one profile's `when` conditions after a change of traits, before the batch gives up on a fixed point. */
const PROFILE_ROUNDS = 10;

/** Plays a profile's rows and timers in one order of time: an event before a timer of the same instant. */
export function applyProfile(pass: Pass, profile: ProfileWork): void {
  for (const slot of [...profile.runs]) replayHeld(pass, profile, slot);
  for (const row of profile.rows) {
    fireTimers(pass, profile, row.receivedAt);
    applyRow(pass, profile, row);
  }
  fireTimers(pass, profile, Number.POSITIVE_INFINITY);
}

// Timers set while the batch works fire in it too, as long as they are due before its horizon.
function fireTimers(pass: Pass, profile: ProfileWork, before: number): void {
  for (;;) {
    const slot = earliestDue(pass, profile, before);
    if (!slot) return;
    const at = slot.run.wakeAt!;
    deliver(pass, profile, slot, { kind: "timer", at });
    settleProfile(pass, profile, at);
  }
}

function earliestDue(pass: Pass, profile: ProfileWork, before: number): RunSlot | undefined {
  let earliest: RunSlot | undefined;
  for (const slot of profile.runs) {
    const due = slot.run.wakeAt;
    if (due === null || due >= before || slot.timerHeld || !pass.batch.fires(slot.run.id, due)) continue;
    if (!earliest || due < earliest.run.wakeAt!) earliest = slot;
  }
  return earliest;
}

function applyRow(pass: Pass, profile: ProfileWork, row: InboxRow): void {
  if (row.kind === "outcome") {
    const slot = profile.runs.find((candidate) => candidate.run.id === row.runId);
    if (slot) deliver(pass, profile, slot, outcomeSignal(row));
  } else if (row.kind === "event") {
    applyEvent(pass, profile, row);
  } else {
    profile.settle = true;
  }
  settleProfile(pass, profile, row.receivedAt);
}

function outcomeSignal(row: InboxRow): Signal {
  const detail = row.detail as unknown as { seq: number; outcome: Extract<Signal, { kind: "outcome" }>["outcome"] };
  return { kind: "outcome", at: row.receivedAt, seq: detail.seq, outcome: detail.outcome };
}

// traits -> active runs -> triggers: an event that ends a run may start the next one, but never two.
function applyEvent(pass: Pass, profile: ProfileWork, row: InboxRow): void {
  const event = toEventFact(row);
  applyTraits(profile, row);
  for (const slot of [...profile.runs]) {
    if (slot.version.hasConditions || slot.version.listens.has(event.name)) {
      deliver(pass, profile, slot, { kind: "event", at: event.receivedAt, event });
    }
  }
  for (const journey of pass.journeys.triggeredBy(event.name)) enter(pass, profile, { journey, event });
}

// Exits and goals that look at the profile alone are tested at once whenever it changed.
function settleProfile(pass: Pass, profile: ProfileWork, at: number): void {
  for (let round = 0; profile.settle && round < PROFILE_ROUNDS; round++) {
    profile.settle = false;
    for (const slot of [...profile.runs]) {
      if (slot.version.hasConditions) deliver(pass, profile, slot, { kind: "profile", at });
    }
  }
}

// What a resumed journey's run had to keep comes before anything new.
function replayHeld(pass: Pass, profile: ProfileWork, slot: RunSlot): void {
  const journey = pass.journeys.byId(slot.run.journeyId);
  if (slot.held.length === 0 || mustHold(slot, journey)) return;
  for (const signal of takeHeld(slot)) decideOne(pass, profile, { slot, signal, journey });
  decideOne(pass, profile, { slot, signal: { kind: "profile", at: pass.now }, journey });
}

const mustHold = (slot: RunSlot, journey: JourneyState): boolean =>
  slot.run.status === "failed" || journey.status === "paused";

/** Gives a run a signal; a paused or parked run keeps it for later. */
function deliver(pass: Pass, profile: ProfileWork, slot: RunSlot, signal: Signal): void {
  const journey = pass.journeys.byId(slot.run.journeyId);
  if (mustHold(slot, journey)) holdSignal(slot, signal);
  else decideOne(pass, profile, { slot, signal, journey });
}

interface RunSignal {
  readonly slot: RunSlot;
  readonly signal: Signal;
  readonly journey: JourneyState;
}

function decideOne(pass: Pass, profile: ProfileWork, { slot, signal, journey }: RunSignal): void {
  if (slot.run.status !== "active") return;
  const decision = decide({
    version: slot.version,
    run: slot.run,
    signal,
    facts: factsOf(profile, journey, slot.entry),
    now: signal.at,
  });
  if (decision.kind !== "ignored") record(pass, profile, { slot, decision, journey, at: signal.at });
}

function enter(pass: Pass, profile: ProfileWork, { journey, event }: { journey: JourneyState; event: EventFact }): void {
  const version = journey.live!;
  const verdict = decideEntry({
    version,
    facts: { profile, history: historyOf(profile) },
    event,
    entry: (key) => profile.entries.get(entrySlotKey(journey.id, key)),
  });
  if (verdict.kind === "none") return;
  const refused = journey.status === "live" ? undefined : "journey_paused";
  if (verdict.kind === "refused" || refused) {
    pass.changes.refusals.push({
      profileId: profile.id,
      journeyId: journey.id,
      eventId: event.id,
      version: version.version,
      at: event.receivedAt,
      reason: refused ?? (verdict as { reason: string }).reason,
      detail: verdict.kind === "refused" ? verdict.detail : null,
    });
    return;
  }
  const run = startRun({ version, id: uuidv7(), profileId: profile.id, entryKey: verdict.entryKey, event });
  const slot: RunSlot = {
    run,
    version,
    entryEvent: event,
    entry: event,
    isNew: true,
    changed: false,
    storedTimer: null,
    timerHeld: false,
    held: [],
    goalAt: null,
  };
  profile.runs.push(slot);
  rememberEntry(profile, slot, event);
  decideOne(pass, profile, { slot, signal: { kind: "entered", at: event.receivedAt, event }, journey });
}

function rememberEntry(profile: ProfileWork, slot: RunSlot, event: EventFact): void {
  const { journeyId, entryKey, id } = slot.run;
  const known = profile.entries.get(entrySlotKey(journeyId, entryKey));
  const entry: EntrySlot = {
    profileId: profile.id,
    journeyId,
    entryKey,
    runId: id,
    enteredAt: event.receivedAt,
    endedAt: null,
    times: (known?.times ?? 0) + 1,
    lastEvent: event.id,
    changed: true,
  };
  profile.entries.set(entrySlotKey(journeyId, entryKey), entry);
}

interface Decided extends Omit<RunSignal, "signal"> {
  readonly decision: Decision;
  readonly at: number;
}

function record(pass: Pass, profile: ProfileWork, { slot, decision, journey, at }: Decided): void {
  const { run } = decision;
  slot.run = run;
  slot.changed = true;
  if (decision.goal) slot.goalAt = at;
  for (const step of decision.steps) pass.changes.steps.push({ runId: run.id, step });
  for (const planned of decision.deliveries) {
    const connectionId = journey.connections.get(planned.connection)?.id ?? null;
    pass.changes.deliveries.push({ id: uuidv7(), run, planned, connectionId, at });
  }
  if (decision.traits) {
    profile.traits = decision.traits;
    profile.traitsChanged = true;
    profile.settle = true;
  }
  if (run.status === "ended") leave(profile, slot);
}

function leave(profile: ProfileWork, slot: RunSlot): void {
  profile.runs = profile.runs.filter((candidate) => candidate !== slot);
  profile.left.push(slot);
  const entry = profile.entries.get(entrySlotKey(slot.run.journeyId, slot.run.entryKey));
  if (entry?.runId !== slot.run.id) return;
  entry.runId = null;
  entry.endedAt = slot.run.endedAt;
  entry.changed = true;
}
