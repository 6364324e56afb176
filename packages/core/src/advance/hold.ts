import type { DeliveryOutcome, EventFact, Signal } from "@wend/journey";
import type { HeldSignal, RunSlot } from "./run-slot.ts";

/** Keeps a signal that a paused or parked run cannot take now. A change of the profile needs no keeping: it is read afresh. */
export function holdSignal(slot: RunSlot, signal: Signal): void {
  const held = toHeld(signal);
  if (!held) return;
  if (held.kind === "timer") slot.timerHeld = true;
  // Later word of the same delivery is better word: an outcome that was unknown may have been settled since.
  if (held.kind === "outcome") slot.held = slot.held.filter((old) => old.kind !== "outcome" || old.seq !== held.seq);
  slot.held.push(held);
  slot.changed = true;
}

function toHeld(signal: Signal): HeldSignal | undefined {
  if (signal.kind === "timer") return { kind: "timer", at: signal.at };
  if (signal.kind === "outcome") {
    return { kind: "outcome", at: signal.at, seq: signal.seq, outcome: signal.outcome };
  }
  if (signal.kind === "event") {
    const { id, name, occurredAt, properties } = signal.event;
    return { kind: "event", at: signal.at, id, name, occurredAt, properties };
  }
  return undefined;
}

/** The held signals in time order, an event before a timer of the same instant; afterwards none is held. */
export function takeHeld(slot: RunSlot): Signal[] {
  if (slot.held.length === 0) return [];
  const held = slot.held.sort((a, b) => a.at - b.at || order(a) - order(b));
  slot.held = [];
  slot.timerHeld = false;
  slot.changed = true;
  return held.map(toSignal);
}

const order = (held: HeldSignal): number => (held.kind === "timer" ? 1 : 0);

function toSignal(held: HeldSignal): Signal {
  if (held.kind === "timer") return { kind: "timer", at: held.at };
  if (held.kind === "outcome") {
    return { kind: "outcome", at: held.at, seq: held.seq, outcome: held.outcome as DeliveryOutcome };
  }
  const event: EventFact = { ...held, receivedAt: held.at };
  return { kind: "event", at: held.at, event };
}
