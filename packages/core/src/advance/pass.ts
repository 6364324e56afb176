import type { JourneyView } from "../journeys/live-journeys.ts";
import type { Changes } from "./changes.ts";
import type { ProfileWork } from "./profile-work.ts";
import type { Batch } from "./take.ts";

/** The in-memory pass over one profile of a batch: pure but for the slots and lists it fills. */
export interface Pass {
  readonly batch: Batch;
  readonly journeys: JourneyView;
  readonly changes: Changes;
  /** The batch's instant; signals carry their own. */
  readonly now: number;
  readonly profile: ProfileWork;
}
