import type { CompiledVersion, DeliveryOutcome, EventFact, RunState, Signal } from "@wend/journey";
import { limits } from "@wend/journey";
import type { HeldSignal, RunSlot } from "./run-slot.ts";
import { outcomeOf } from "./run-slot.ts";

/**
 * Keeps a signal that a paused or parked run cannot take now. Returns false when the run keeps as many events as it
 * may; then this one is not kept.
 */
export function holdSignal(slot: RunSlot, signal: Signal): boolean {
  const held = toHeld(slot, signal);
  if (!held) return true;
  if (held.kind === "event" && isFull(slot.held)) return false;
  if (held.kind === "timer") slot.timerHeld = true;
  // Later word of the same delivery is better word: an outcome that was unknown may have been settled since.
  if (held.kind === "outcome") slot.held = slot.held.filter((old) => old.kind !== "outcome" || old.seq !== held.seq);
  slot.held.push(held);
  slot.changed = true;
  return true;
}

function toHeld(slot: RunSlot, signal: Signal): HeldSignal | undefined {
  if (signal.kind === "timer") return { kind: "timer", at: signal.at };
  if (signal.kind === "outcome") {
    return { kind: "outcome", at: signal.at, seq: signal.seq, outcome: signal.outcome };
  }
  if (signal.kind === "event" && canMatter(slot.version, signal.event.name)) {
    const { id, name, occurredAt, properties } = signal.event;
    return { kind: "event", at: signal.at, id, name, occurredAt, properties };
  }
  return mustLookAgain(slot) ? { kind: "profile", at: signal.at } : undefined;
}

// The profile is read afresh, so one mark is enough. A parked run has been asked already.
function mustLookAgain({ run, version, held }: RunSlot): boolean {
  return version.hasConditions && run.status === "active" && !held.some(({ kind }) => kind === "profile");
}

// No wait, exit or goal names any other event, and no condition counts it: it cannot change what the run does.
function canMatter({ listens, hasConditions, needs }: CompiledVersion, name: string): boolean {
  return listens.has(name) || (hasConditions && needs.history.has(name));
}

/** One event is at most 32 KB, so fewer than this need no weighing. */
const SURELY_LIGHT = 32;

function isFull(held: readonly HeldSignal[]): boolean {
  if (held.length < SURELY_LIGHT) return false;
  return held.length >= limits.heldEvents || Buffer.byteLength(JSON.stringify(held)) >= limits.heldBytes;
}

/** Parks the run that has more to keep than it may, and says from when on events are not kept. */
export function parkFull(run: RunState, { held }: RunSlot, at: number): RunState {
  const earlier = run.error === null ? "" : ` Before that it was parked by ${run.error.code}: ${run.error.detail}`;
  const detail = `It keeps ${held.length} signals; none that came from ${new Date(at).toISOString()} on is kept.${earlier}`;
  return { ...run, status: "failed", wakeAt: null, error: { code: "run.held_limit", nodeId: run.nodeId, detail } };
}

/** Whether events are no longer kept for the run. */
export const keepsNoMore = ({ error }: RunState): boolean => error?.code === "run.held_limit";

/** The held signals in time order, an event before a timer of the same instant; afterwards none is held. */
export function takeHeld(slot: RunSlot): Signal[] {
  if (slot.held.length === 0) return [];
  const held = inOrder(slot.held);
  slot.held = [];
  slot.timerHeld = false;
  slot.changed = true;
  return held.map((one) => toSignal(slot, one));
}

/** The same, and they stay held. */
export const readHeld = (slot: RunSlot): Signal[] => inOrder(slot.held).map((one) => toSignal(slot, one));

function inOrder(held: readonly HeldSignal[]): HeldSignal[] {
  return [...held].sort((a, b) => a.at - b.at || order(a) - order(b));
}

const order = (held: HeldSignal): number => (held.kind === "timer" ? 1 : 0);

function toSignal(slot: RunSlot, held: HeldSignal): Signal {
  if (held.kind === "timer" || held.kind === "profile") return held;
  if (held.kind === "outcome") {
    return outcomeOf(slot, { at: held.at, seq: held.seq, outcome: held.outcome as DeliveryOutcome });
  }
  const event: EventFact = { ...held, receivedAt: held.at };
  return { kind: "event", at: held.at, event };
}
