import type { Identity, Names } from "./names.ts";
import { identityKinds } from "./names.ts";

/** What the store knows about the names of a group. */
export interface KnownNames {
  readonly users: ReadonlyMap<string, string>;
  readonly anonymous: ReadonlyMap<string, string>;
  /** Of the profiles that `unnamedCandidates` asked about: those with a user id. */
  readonly named: ReadonlySet<string>;
}

export interface NewIdentity extends Identity {
  /** A user id for a profile that existed without one: to be stored only if it still has none. */
  readonly names: boolean;
}

export interface Assignment {
  /** The profile of each item, in the items' order. */
  readonly profileIds: readonly string[];
  readonly identities: readonly NewIdentity[];
  /** Profiles that did not exist, with the position of the item that made each. */
  readonly created: readonly { readonly id: string; readonly item: number }[];
}

/** Known profiles that may be about to get their first user id: only of them must be known whether they have one. */
export function unnamedCandidates(items: readonly Names[], known: Pick<KnownNames, "users" | "anonymous">): string[] {
  const candidates = new Set<string>();
  for (const { userId, anonymousId } of items) {
    if (userId === null || anonymousId === null || known.users.has(userId)) continue;
    const profileId = known.anonymous.get(anonymousId);
    if (profileId !== undefined) candidates.add(profileId);
  }
  return [...candidates];
}

/**
 * Whose event each item is, as if the items came one after the other. The user id wins. A user id that is new goes to
 * the anonymous id's profile if that has none yet, an anonymous id that is new goes to the item's profile, and two
 * known profiles are never merged.
 */
export function assignProfiles(items: readonly Names[], known: KnownNames, newId: () => string): Assignment {
  const users = new Map(known.users);
  const anonymous = new Map(known.anonymous);
  const named = new Set(known.named);
  const identities: NewIdentity[] = [];
  const created: { id: string; item: number }[] = [];

  const create = (item: number): string => {
    const id = newId();
    created.push({ id, item });
    return id;
  };

  const ofUser = (userId: string, anonymousId: string | null, item: number): string => {
    const found = users.get(userId);
    if (found !== undefined) return found;
    const visitor = anonymousId === null ? undefined : anonymous.get(anonymousId);
    const names = visitor !== undefined && !named.has(visitor);
    const profileId = names ? visitor : create(item);
    users.set(userId, profileId);
    named.add(profileId);
    identities.push({ kind: identityKinds.user, value: userId, profileId, names });
    return profileId;
  };

  const knowAnonymous = (anonymousId: string, profileId: string): void => {
    if (anonymous.has(anonymousId)) return;
    anonymous.set(anonymousId, profileId);
    identities.push({ kind: identityKinds.anonymous, value: anonymousId, profileId, names: false });
  };

  const profileIds = items.map(({ userId, anonymousId }, item) => {
    const profileId =
      userId === null ? (anonymous.get(anonymousId!) ?? create(item)) : ofUser(userId, anonymousId, item);
    if (anonymousId !== null) knowAnonymous(anonymousId, profileId);
    return profileId;
  });
  return { profileIds, identities, created };
}
