import type { CompiledVersion } from "@wend/journey";
import type { JourneyView } from "../../journeys/live-journeys.ts";
import { loadJourneyView } from "../../journeys/live-journeys.ts";
import type { VersionCache } from "../../journeys/version-cache.ts";
import type { Runtime } from "../../runtime.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ProfileWork } from "../profile-work.ts";
import { createProfileWork } from "../profile-work.ts";
import type { RunSlot } from "../run-slot.ts";
import type { Batch } from "../take.ts";
import type { StoredRun } from "./load-entries.ts";
import { loadEntries } from "./load-entries.ts";
import { loadEntryEvents } from "./load-entry-events.ts";
import { loadConsents, loadSuppressions } from "./load-gate-facts.ts";
import { loadHeldEntries } from "./load-held-entries.ts";
import type { HistoryNeed } from "./load-history.ts";
import { loadHistory } from "./load-history.ts";
import { keepsOutput, loadOutputs } from "./load-outputs.ts";
import { loadTraits } from "./load-profiles.ts";

export interface Work {
  readonly profiles: readonly ProfileWork[];
  readonly journeys: JourneyView;
}

/** What a batch reads beside the rows of its transaction. */
type WorkSources = Pick<Runtime, "versions" | "suppressions">;

/** Loads all that a batch can touch: a fixed number of statements, those for history, the gate and outputs only when needed. */
export async function loadWork(tx: Tx, batch: Batch, { versions, suppressions }: WorkSources): Promise<Work> {
  const profiles = groupByProfile(batch);
  // Who has connections has them to send: one round trip less than asking what is in play first.
  const mayConnect = versions.connections(tx.workspaceId).size > 0;
  const [journeys, stored] = await Promise.all([
    loadJourneyView(tx, versions),
    loadEntries(tx, profiles),
    loadTraits(tx, profiles),
    mayConnect && loadConsents(tx, profiles),
  ]);
  await versions.load(
    tx,
    stored.map(({ run }) => run),
  );
  // Only while a resumed journey has some left: then they are decided before anything new of their profile.
  if (journeys.states.some((journey) => journey.holdsEntries)) await loadHeldEntries(tx, profiles);
  const slots = stored.map((run) => toSlot(run, versions));
  const inPlay = versionsInPlay({ batch, journeys, slots, profiles: profiles.values() });
  const history = historyNeed(inPlay, oldestSignal(batch, { slots, journeys }, tx.now));
  const sends = [...inPlay].some((version) => version.needs.connections.size > 0);
  const readers = slots.filter((slot) => slot.version.needs.entryEvent);
  const keepers = slots.filter(keepsOutput);
  await Promise.all([
    history && loadHistory(tx, profiles, history),
    sends && !mayConnect && loadConsents(tx, profiles),
    sends && loadSuppressions({ tx, suppressions }, profiles.values()),
    readers.length > 0 && loadEntryEvents(tx, readers),
    keepers.length > 0 && loadOutputs(tx, keepers),
  ]);
  return { profiles: [...profiles.values()], journeys };
}

function groupByProfile(batch: Batch): Map<string, ProfileWork> {
  const profiles = new Map<string, ProfileWork>();
  const of = (id: string): ProfileWork => {
    let profile = profiles.get(id);
    if (!profile) {
      profile = createProfileWork(id);
      profiles.set(id, profile);
    }
    return profile;
  };
  for (const row of batch.rows) of(row.profileId).rows.push(row);
  for (const timer of batch.timers) of(timer.profileId);
  return profiles;
}

function toSlot({ profile, run, entryEvent, held, goalAt }: StoredRun, versions: VersionCache): RunSlot {
  const version = versions.get(run.journeyId, run.version);
  if (!version) throw new Error(`version ${run.version} of journey ${run.journeyId} is not stored`);
  const timerHeld = held.some((signal) => signal.kind === "timer");
  const slot: RunSlot = {
    run,
    version,
    entryEvent,
    entry: undefined,
    isNew: false,
    changed: false,
    storedTimer: timerHeld || run.status !== "active" ? null : run.wakeAt,
    timerHeld,
    held,
    output: undefined,
    goalAt,
  };
  profile.runs.push(slot);
  return slot;
}

interface InPlay {
  readonly batch: Batch;
  readonly journeys: JourneyView;
  readonly slots: readonly RunSlot[];
  readonly profiles: Iterable<ProfileWork>;
}

function versionsInPlay({ batch, journeys, slots, profiles }: InPlay): Set<CompiledVersion> {
  const inPlay = new Set(slots.map((slot) => slot.version));
  for (const name of new Set(batch.rows.map((row) => row.name))) {
    for (const journey of journeys.triggeredBy(name)) inPlay.add(journey.live!);
  }
  for (const { heldEntries } of profiles) {
    for (const { journeyId } of heldEntries) {
      const { live } = journeys.byId(journeyId);
      if (live) inPlay.add(live);
    }
  }
  return inPlay;
}

// One window for all names: the widest, back from the oldest signal of the batch.
function historyNeed(versions: Iterable<CompiledVersion>, oldest: number): HistoryNeed | undefined {
  const names = new Set<string>();
  let widest = 0;
  for (const { needs } of versions) {
    for (const windows of [needs.history, needs.entryHistory]) {
      for (const [name, window] of windows) {
        names.add(name);
        widest = Math.max(widest, window);
      }
    }
  }
  if (names.size === 0) return undefined;
  return { names: [...names], since: Math.max(0, oldest - widest) };
}

// What a run held is decided at its own time, which may lie long before anything else of the batch.
function oldestSignal({ rows, timers }: Batch, { slots, journeys }: Holders, now: number): number {
  const retried = new Set(rows.flatMap(({ kind, runId }) => (kind === "retry" ? [runId] : [])));
  let oldest = Math.min(rows[0]?.receivedAt ?? now, timers[0]?.dueAt ?? now);
  for (const { run, held } of slots) {
    if (held.length === 0 || journeys.byId(run.journeyId).status === "paused") continue;
    if (run.status === "failed" && !retried.has(run.id)) continue;
    for (const { at } of held) oldest = Math.min(oldest, at);
  }
  return oldest;
}

type Holders = Pick<InPlay, "slots" | "journeys">;
