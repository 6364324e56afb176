import type { NamedItem } from "../../accept/identity/resolve-profiles.ts";
import { resolveProfiles } from "../../accept/identity/resolve-profiles.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Fact, PlacedFact } from "../fact.ts";
import { subjectOf } from "../fact.ts";
import type { Source } from "./find-addressed.ts";
import { findAddressed } from "./find-addressed.ts";
import { findDeliveries } from "./find-deliveries.ts";

export interface Placement {
  readonly placed: readonly PlacedFact[];
  /** Facts of which nobody knows yet whom they are about. */
  readonly unknown: readonly Fact[];
}

/** Finds whom each fact is about; a user or anonymous id that is new gets a profile, as in any event. */
export async function placeFacts(tx: Tx, source: Source, facts: readonly Fact[]): Promise<Placement> {
  const named = facts.map(namesOf);
  const subjects = facts.map(subjectOf);
  const [deliveries, addressed, profiles] = await Promise.all([
    findDeliveries(tx, source.id, subjects),
    findAddressed(tx, source, subjects),
    profilesOf(tx, named),
  ]);
  const placed: PlacedFact[] = [];
  const unknown: Fact[] = [];
  for (const [index, fact] of facts.entries()) {
    // What is said of an address is said of no delivery in particular.
    const delivery = deliveries[index];
    const last = delivery ?? addressed[index];
    const profileId = profiles[index] ?? last?.profile_id;
    if (profileId === undefined) unknown.push(fact);
    else placed.push({ fact, profileId, delivery, sandboxed: last?.sandboxed === true });
  }
  return { placed, unknown };
}

function namesOf(fact: Fact): NamedItem | undefined {
  const about = subjectOf(fact);
  if ("userId" in about) return { userId: about.userId, anonymousId: null };
  return "anonymousId" in about ? { userId: null, anonymousId: about.anonymousId } : undefined;
}

async function profilesOf(tx: Tx, named: readonly (NamedItem | undefined)[]): Promise<(string | undefined)[]> {
  const items = named.filter((item) => item !== undefined);
  const resolved = items.length > 0 ? await resolveProfiles(tx, items) : [];
  let next = 0;
  return named.map((item) => item && resolved[next++]);
}
