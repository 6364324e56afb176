/** What re-entry rules remember of (profile, journey, entry key), while a batch works on it. */
export interface EntrySlot {
  readonly profileId: string;
  readonly journeyId: string;
  readonly entryKey: string;
  runId: string | null;
  enteredAt: number;
  endedAt: number | null;
  times: number;
  lastEvent: string;
  changed: boolean;
}

/** The key of an entry within its profile. */
export const entrySlotKey = (journeyId: string, entryKey: string): string => `${journeyId}/${entryKey}`;
