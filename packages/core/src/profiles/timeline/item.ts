import type { JsonObject, RunError } from "@wend/journey";
import type { DeliverySummary } from "../../deliveries/delivery-view.ts";
import type { StepView } from "../../runs/run-view.ts";
import type { ConsentView } from "../profile-view.ts";

/** One thing that happened to a profile, with the reason in a sentence. Times are milliseconds since the epoch. */
export type TimelineItem = { readonly at: number; readonly says: string } & TimelineFact;

export type TimelineFact =
  | { readonly kind: "event"; readonly event: TimelineEvent }
  | { readonly kind: "consent"; readonly consent: ConsentView & { readonly detail: JsonObject | null } }
  | { readonly kind: "refused"; readonly journey: JourneyRef; readonly refusal: RefusalView }
  | { readonly kind: "held"; readonly journey: JourneyRef; readonly entry: EntryRef }
  | { readonly kind: "entered"; readonly journey: JourneyRef; readonly run: RunRef; readonly entry: EntryRef }
  | { readonly kind: "step"; readonly journey: JourneyRef; readonly run: RunRef; readonly step: StepView }
  | { readonly kind: "delivery"; readonly journey: JourneyRef; readonly delivery: DeliverySummary }
  | { readonly kind: "ended"; readonly journey: JourneyRef; readonly run: RunRef; readonly end: RunEnd }
  | { readonly kind: "failed"; readonly journey: JourneyRef; readonly run: RunRef; readonly error: RunError | null };

export interface TimelineEvent {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly occurredAt: number;
  readonly messageId: string;
  readonly properties: JsonObject | null;
  readonly traits: JsonObject | null;
}

export interface JourneyRef {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
}

export interface RunRef {
  readonly id: string;
  readonly entryKey: string;
}

/** The event that made a run enter, or will if the journey takes it once it is resumed. */
export interface EntryRef {
  readonly eventId: string;
  readonly name: string;
}

/** A trigger matched, and yet no run began. */
export interface RefusalView {
  readonly eventId: string;
  readonly reason: string;
  readonly detail: JsonObject | null;
}

export interface RunEnd {
  readonly by: "end" | "goal" | "exit";
  readonly outcome: string | null;
  readonly goalAt: number | null;
}
