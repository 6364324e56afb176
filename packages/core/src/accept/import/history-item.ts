import type { ConsentChange } from "../consent/change.ts";
import type { NewEvent } from "../event.ts";

/** An event of the past, with its own times. */
export interface HistoryItem extends NewEvent {
  /** What makes the import repeatable: an item whose message id is known is skipped with all it carries. */
  readonly messageId: string;
  /** When it is to count as received; its place in the history of its profile. */
  readonly receivedAt: number;
  readonly occurredAt: number;
  /** UUIDv7 that orders items received at one instant; made in the order given when absent. */
  readonly id?: string;
  /** What the profile agreed to at that time. */
  readonly consents?: readonly Omit<ConsentChange, "userId" | "profileId">[];
}

/** What an import did. */
export interface ImportedHistory {
  readonly stored: number;
  /** Items that were stored before. */
  readonly known: number;
}
