import type { EventFact, JsonObject } from "@wend/journey";
import type { ProfileWork } from "./profile-work.ts";
import type { InboxRow } from "./take.ts";

const nothing: JsonObject = {};

/** The event a row stands for, as the engine sees it. */
export function toEventFact(row: InboxRow): EventFact {
  return {
    id: row.id,
    name: row.name,
    receivedAt: row.receivedAt,
    occurredAt: row.occurredAt ?? row.receivedAt,
    properties: row.payload?.properties ?? nothing,
  };
}

/** Applies the traits that an identify carries; a null trait is stored as null. */
export function applyTraits(profile: ProfileWork, row: InboxRow): void {
  const traits = row.payload?.traits;
  if (!traits || row.eventKind !== "identify") return;
  profile.traits = { ...profile.traits, ...traits };
  profile.traitsChanged = true;
  profile.settle = true;
}
