import type { JsonObject, PlannedDelivery, RunState } from "@wend/journey";
import type { Way } from "../journeys/ways.ts";
import type { HeldEntry } from "./held-entry.ts";
import type { StepRow } from "./save/insert-steps.ts";

/** What a batch appends; rows that change are found in the slots themselves. */
export interface Changes {
  readonly steps: StepRow[];
  readonly deliveries: DeliveryRow[];
  readonly refusals: Refusal[];
  /** Entries into paused journeys, to be decided on resume. */
  readonly heldEntries: HeldEntry[];
  /** Those of an earlier pause that are decided now. */
  readonly decidedEntries: HeldEntry[];
}

export interface DeliveryRow {
  readonly id: string;
  readonly run: RunState;
  readonly planned: PlannedDelivery;
  readonly way: Way;
  /** The signal's time. */
  readonly at: number;
}

/** An entry that a journey refused, once its trigger had matched. */
export interface Refusal {
  readonly profileId: string;
  readonly journeyId: string;
  readonly eventId: string;
  readonly version: number;
  readonly at: number;
  readonly reason: string;
  readonly detail: JsonObject | null;
}

export const createChanges = (): Changes => ({
  steps: [],
  deliveries: [],
  refusals: [],
  heldEntries: [],
  decidedEntries: [],
});
