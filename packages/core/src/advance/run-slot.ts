import type { CompiledVersion, EventFact, Json, JsonObject, OutcomeSignal, RunState } from "@wend/journey";

/** A signal kept for later, because the run's journey is paused or the run is parked. */
export type HeldSignal =
  | {
      readonly kind: "event";
      readonly at: number;
      readonly id: string;
      readonly name: string;
      readonly occurredAt: number;
      readonly properties: JsonObject;
    }
  | { readonly kind: "timer"; readonly at: number }
  /** From here on the profile may fulfil an exit or the goal; at most one, the first. */
  | { readonly kind: "profile"; readonly at: number }
  | { readonly kind: "outcome"; readonly at: number; readonly seq: number; readonly outcome: string };

/** Where a run's entry event stands in `events`. */
export type EntryPosition = Pick<EventFact, "id" | "name" | "receivedAt">;

/** One run while a batch works on it. */
export interface RunSlot {
  run: RunState;
  readonly version: CompiledVersion;
  readonly entryEvent: EntryPosition;
  /** The entry event whole, where the version reads it. */
  entry: EventFact | undefined;
  /** Began in this batch: it is inserted, not updated. */
  readonly isNew: boolean;
  changed: boolean;
  /** The timer row that stands in the database, by its due time. */
  readonly storedTimer: number | null;
  /** Its timer came due while signals are held; it fires from among them. */
  timerHeld: boolean;
  held: HeldSignal[];
  /** What the delivery under way returned, where the run's node keeps it. */
  output: Json | undefined;
  goalAt: number | null;
}

/** What stands in the store of the signals it keeps. */
export const heldOf = ({ held }: RunSlot): readonly HeldSignal[] | null => (held.length > 0 ? held : null);

/** What became of a delivery, with what it returned if it is the one that the run came into the batch with. */
export function outcomeOf(slot: RunSlot, told: Pick<OutcomeSignal, "at" | "seq" | "outcome">): OutcomeSignal {
  const { output, run } = slot;
  return { kind: "outcome", ...told, ...(output !== undefined && told.seq === run.seq && { output }) };
}
