import type { EntryDecision, EventFact } from "@wend/journey";
import { decideEntry, startRun } from "@wend/journey";
import { uuidv7 } from "../ids.ts";
import type { JourneyState } from "../journeys/live-journeys.ts";
import { entrySlotKey } from "./entry-slot.ts";
import { historyOf } from "./facts.ts";
import type { Pass } from "./pass.ts";
import type { RunSlot } from "./run-slot.ts";
import { decideRun } from "./signal-run.ts";

/** Lets the profile into a journey whose live version an event may start, or records why not. */
export function enter(pass: Pass, journey: JourneyState, event: EventFact): void {
  const { profile } = pass;
  const verdict = decideEntry({
    version: journey.live!,
    facts: { profile, history: historyOf(profile) },
    event,
    entry: (key) => profile.entries.get(entrySlotKey(journey.id, key)),
  });
  if (verdict.kind === "enter" && journey.status === "live")
    begin(pass, { journey, event, entryKey: verdict.entryKey });
  else if (verdict.kind !== "none") refuse(pass, { journey, event, verdict });
}

interface Beginning {
  readonly journey: JourneyState;
  readonly event: EventFact;
  readonly entryKey: string;
}

function begin(pass: Pass, { journey, event, entryKey }: Beginning): void {
  const version = journey.live!;
  const slot: RunSlot = {
    run: startRun({ version, id: uuidv7(), profileId: pass.profile.id, entryKey, event }),
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
  pass.profile.runs.push(slot);
  remember(pass, slot, event);
  decideRun(pass, slot, { kind: "entered", at: event.receivedAt, event });
}

function remember({ profile }: Pass, { run }: RunSlot, event: EventFact): void {
  const key = entrySlotKey(run.journeyId, run.entryKey);
  profile.entries.set(key, {
    profileId: profile.id,
    journeyId: run.journeyId,
    entryKey: run.entryKey,
    runId: run.id,
    enteredAt: event.receivedAt,
    endedAt: null,
    times: (profile.entries.get(key)?.times ?? 0) + 1,
    lastEvent: event.id,
    changed: true,
  });
}

interface Refused {
  readonly journey: JourneyState;
  readonly event: EventFact;
  readonly verdict: Exclude<EntryDecision, { kind: "none" }>;
}

// Whoever would have entered learns that the journey is paused; everybody else, the rule that refused them.
function refuse({ profile, changes }: Pass, { journey, event, verdict }: Refused): void {
  changes.refusals.push({
    profileId: profile.id,
    journeyId: journey.id,
    eventId: event.id,
    version: journey.live!.version,
    at: event.receivedAt,
    reason: verdict.kind === "enter" ? "journey_paused" : verdict.reason,
    detail: verdict.kind === "enter" ? null : verdict.detail,
  });
}
