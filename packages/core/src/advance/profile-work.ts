import type { EventFact, JsonObject } from "@wend/journey";
import type { EntrySlot } from "./entry-slot.ts";
import type { HeldEntry } from "./held-entry.ts";
import type { RunSlot } from "./run-slot.ts";
import type { InboxRow } from "./take.ts";

/** One profile while a batch works on it. */
export interface ProfileWork {
  readonly id: string;
  traits: JsonObject;
  traitsChanged: boolean;
  /** Conditions on the profile alone are to be tested again. */
  settle: boolean;
  /** Its rows in this batch, in order. */
  readonly rows: InboxRow[];
  /** Its active and failed runs, in order of entry. */
  runs: RunSlot[];
  /** Runs that ended in this batch. */
  readonly left: RunSlot[];
  readonly entries: Map<string, EntrySlot>;
  /** Entries that a pause kept, of all journeys, in order of their events. */
  heldEntries: HeldEntry[];
  /** Events by name, oldest first, as far as the versions in play look back. */
  readonly history: Map<string, EventFact[]>;
  readonly consents: ProfileConsent[];
  /** Why an address of it is suppressed, by `suppressionKey`. */
  readonly suppressed: Map<string, string>;
}

export interface ProfileConsent {
  readonly channel: string;
  readonly purpose: string;
  readonly topic: string;
  readonly state: "granted" | "revoked";
}

export function createProfileWork(id: string): ProfileWork {
  return {
    id,
    traits: {},
    traitsChanged: false,
    settle: false,
    rows: [],
    runs: [],
    left: [],
    entries: new Map(),
    heldEntries: [],
    history: new Map(),
    consents: [],
    suppressed: new Map(),
  };
}

export const suppressionKey = (channel: string, address: string): string => `${channel} ${address}`;
