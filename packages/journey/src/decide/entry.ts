import type { CompiledVersion } from "../compile/types.ts";
import type { JsonObject } from "../json.ts";
import { limits } from "../language/limits.ts";
import type { Scope } from "../predicate/scope.ts";
import { addDuration } from "../time/duration.ts";
import type {
  EntryDecision,
  EntryInput,
  HeldEntryInput,
  RefusedReason,
  StoredEntry,
  TriggerInput,
} from "./entry-types.ts";

/** The key of all runs when the journey names none. */
const DEFAULT_KEY = "";

const none: EntryDecision = { kind: "none" };

/** Whether the event starts a run of this version, and under which entry key. */
export function decideEntry(input: EntryInput): EntryDecision {
  return matchesTrigger(input) ? admit({ ...input, now: input.event.receivedAt }) : none;
}

/**
 * The same for an event that came while the journey was paused. Its trigger matched when it came and is not asked
 * again; everything else is decided on the profile, the history and the version of the time of the decision.
 */
export function decideHeldEntry(input: HeldEntryInput): EntryDecision {
  return admit(input);
}

/** Whether one of the version's triggers names the event, and its predicate holds. */
export function matchesTrigger({ version, facts, event }: TriggerInput): boolean {
  const triggers = version.triggersByEvent.get(event.name);
  if (triggers === undefined) return false;
  const scope = scopeOf(facts, event, event.receivedAt);
  return triggers.some(({ where }) => where === undefined || where(scope));
}

function admit({ version, facts, event, entry, now }: HeldEntryInput): EntryDecision {
  const scope = scopeOf(facts, event, now);
  if (version.filter !== undefined && !version.filter(scope)) return refused("filter_false");
  const entryKey = resolveEntryKey(version, scope);
  if (entryKey === undefined) return refused("entry_key_missing");
  const known = entry(entryKey);
  // Seen again, for example after a crash: it has had its run.
  if (known?.lastEvent === event.id) return none;
  return (known && refuseAgain(version, known, now)) ?? { kind: "enter", entryKey };
}

function scopeOf({ profile, history }: EntryInput["facts"], event: EntryInput["event"], now: number): Scope {
  return {
    profileId: profile.id,
    traits: profile.traits,
    vars: {},
    entry: event,
    signal: event,
    item: undefined,
    history,
    now,
    upToId: now === event.receivedAt ? event.id : undefined,
  };
}

/** The key as text; undefined when there is none to tell runs apart by. */
function resolveEntryKey({ entry }: CompiledVersion, scope: Scope): string | undefined {
  if (entry.key === undefined) return DEFAULT_KEY;
  const value = entry.key(scope);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string" || value === "" || value.length > limits.entryKeyLength) return undefined;
  return value;
}

function refuseAgain({ entry }: CompiledVersion, known: StoredEntry, now: number): EntryDecision | undefined {
  if (known.runId !== null) return refused("already_active", { runId: known.runId });
  if (entry.reentry === "never") return refused("reentry_never", { enteredAt: known.enteredAt });
  if (entry.cooldown === undefined) return undefined;
  const until = addDuration(known.enteredAt, entry.cooldown);
  return now < until ? refused("cooldown", { enteredAt: known.enteredAt, until }) : undefined;
}

function refused(reason: RefusedReason, detail: JsonObject | null = null): EntryDecision {
  return { kind: "refused", reason, detail };
}
