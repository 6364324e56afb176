import type { EntryDecision, EntryInput, EventFact } from "@wend/journey";
import { decideEntry, decideHeldEntry, matchesTrigger, startRun } from "@wend/journey";
import { uuidv7 } from "../ids.ts";
import type { JourneyState } from "../journeys/live-journeys.ts";
import { entrySlotKey } from "./entry-slot.ts";
import { historyOf } from "./facts.ts";
import type { Pass } from "./pass.ts";
import type { RunSlot } from "./run-slot.ts";
import { decideRun } from "./signal-run.ts";

/** Lets the profile into a journey whose live version an event may start, keeps that for later, or records why not. */
export function enter(pass: Pass, journey: JourneyState, event: EventFact): void {
  const input = entryInput(pass, journey, event);
  if (journey.status === "paused" && journey.pausedEntries === "buffer") {
    if (matchesTrigger(input)) hold(pass, journey, event);
  } else {
    follow(pass, { journey, event, at: event.receivedAt, runId: uuidv7() }, decideEntry(input));
  }
}

/**
 * Decides what a resumed journey had to keep, before anything new and in the order of the events, on what is true at
 * `at`. The runs begin then: a delay of theirs has not run out while nobody could enter.
 */
export function enterHeld(pass: Pass, at: number): void {
  const { profile, journeys, changes } = pass;
  if (profile.heldEntries.length === 0) return;
  const due = profile.heldEntries.filter(({ journeyId }) => journeys.byId(journeyId).status === "live");
  profile.heldEntries = [];
  for (const { journeyId, event, runId } of due) {
    const journey = journeys.byId(journeyId);
    const verdict = decideHeldEntry({ ...entryInput(pass, journey, event), now: at });
    follow(pass, { journey, event, at, runId }, verdict);
  }
  changes.decidedEntries.push(...due);
}

function entryInput({ profile }: Pass, journey: JourneyState, event: EventFact): EntryInput {
  return {
    version: journey.live!,
    facts: { profile, history: historyOf(profile) },
    event,
    entry: (key) => profile.entries.get(entrySlotKey(journey.id, key)),
  };
}

function hold({ profile, changes }: Pass, journey: JourneyState, event: EventFact): void {
  const { version } = journey.live!;
  changes.heldEntries.push({ profileId: profile.id, journeyId: journey.id, version, runId: uuidv7(), event });
}

interface Entry {
  readonly journey: JourneyState;
  readonly event: EventFact;
  /** When it is decided. */
  readonly at: number;
  readonly runId: string;
}

function follow(pass: Pass, entry: Entry, verdict: EntryDecision): void {
  if (verdict.kind === "none") return;
  if (verdict.kind === "enter" && entry.journey.status === "live") begin(pass, entry, verdict.entryKey);
  else refuse(pass, entry, verdict);
}

function begin(pass: Pass, { journey, event, at, runId }: Entry, entryKey: string): void {
  const version = journey.live!;
  const slot: RunSlot = {
    run: startRun({ version, id: runId, profileId: pass.profile.id, entryKey, event, at }),
    version,
    entryEvent: event,
    entry: event,
    isNew: true,
    changed: false,
    storedTimer: null,
    timerHeld: false,
    held: [],
    output: undefined,
    goalAt: null,
  };
  pass.profile.runs.push(slot);
  remember(pass, slot, event);
  decideRun(pass, slot, { kind: "entered", at, event });
}

function remember({ profile }: Pass, { run }: RunSlot, event: EventFact): void {
  const key = entrySlotKey(run.journeyId, run.entryKey);
  profile.entries.set(key, {
    profileId: profile.id,
    journeyId: run.journeyId,
    entryKey: run.entryKey,
    runId: run.id,
    enteredAt: run.startedAt,
    endedAt: null,
    times: (profile.entries.get(key)?.times ?? 0) + 1,
    lastEvent: event.id,
    changed: true,
  });
}

// Whoever would have entered learns that the journey is paused; everybody else, the rule that refused them.
function refuse(
  { profile, changes }: Pass,
  { journey, event, at }: Entry,
  verdict: Exclude<EntryDecision, { kind: "none" }>,
): void {
  changes.refusals.push({
    profileId: profile.id,
    journeyId: journey.id,
    eventId: event.id,
    version: journey.live!.version,
    at,
    reason: verdict.kind === "enter" ? "journey_paused" : verdict.reason,
    detail: verdict.kind === "enter" ? null : verdict.detail,
  });
}
