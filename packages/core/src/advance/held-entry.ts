import type { EventFact } from "@wend/journey";

/** An event whose trigger matched while its journey was paused. */
export interface HeldEntry {
  readonly profileId: string;
  readonly journeyId: string;
  /** The version whose trigger matched. */
  readonly version: number;
  /** Id of the run that it may become. */
  readonly runId: string;
  readonly event: EventFact;
}
