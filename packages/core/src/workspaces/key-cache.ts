import type { Store } from "../store/connect.ts";
import type { Credential } from "./credential.ts";

/** A key as verified against the database, or undefined when it is not a valid one. */
export interface VerifiedKey {
  readonly credential: Credential;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  /** How long it is still valid by the database's clock. */
  readonly validForMs: number;
}

interface Entry {
  readonly id: string;
  readonly verified: Promise<VerifiedKey | undefined>;
  until: number;
}

export interface KeyCacheOptions {
  /** How long an answer may be repeated. */
  readonly maxAgeMs: number;
  readonly maxKeys: number;
  /** A clock that never runs backwards. */
  readonly now: () => number;
}

export interface KeyCache {
  /** The answer for a digest, if it is remembered. */
  find(digest: string): Promise<VerifiedKey | undefined> | undefined;
  /** The answer for a digest, asked for at most once at a time. */
  get(digest: string, id: string, ask: () => Promise<VerifiedKey | undefined>): Promise<VerifiedKey | undefined>;
  forget(id: string): void;
}

/**
 * Remembers answers for a few seconds, valid and invalid ones apart: a flood of made-up keys cannot push out the real
 * ones. By digest, so that no key lies in memory and finding one tells nothing about another.
 */
export function createKeyCache({ maxAgeMs, maxKeys, now }: KeyCacheOptions): KeyCache {
  const valid = new Map<string, Entry>();
  const invalid = new Map<string, Entry>();

  const ask = (digest: string, id: string, verify: () => Promise<VerifiedKey | undefined>) => {
    const asked = now();
    const entry = { id, verified: verify(), until: asked + maxAgeMs };
    remember(invalid, digest, entry);
    entry.verified.then(
      (verified) => {
        if (verified === undefined || invalid.get(digest) !== entry) return;
        invalid.delete(digest);
        entry.until = Math.min(entry.until, asked + verified.validForMs);
        remember(valid, digest, entry);
      },
      () => {
        if (invalid.get(digest) === entry) invalid.delete(digest);
      },
    );
    return entry.verified;
  };

  const remember = (map: Map<string, Entry>, digest: string, entry: Entry) => {
    map.delete(digest);
    map.set(digest, entry);
    if (map.size > maxKeys) map.delete(map.keys().next().value!);
  };

  const find = (digest: string) => {
    const found = valid.get(digest) ?? invalid.get(digest);
    return found !== undefined && found.until > now() ? found.verified : undefined;
  };

  return {
    find,
    get: (digest, id, verify) => {
      const found = find(digest);
      if (found !== undefined) return found;
      valid.delete(digest);
      return ask(digest, id, verify);
    },
    forget: (id) => {
      for (const map of [valid, invalid]) {
        for (const [digest, entry] of map) if (entry.id === id) map.delete(digest);
      }
    },
  };
}

const caches = new WeakMap<Store, KeyCache>();

/** One cache for each store. */
export function keyCacheOf(store: Store): KeyCache {
  let cache = caches.get(store);
  if (cache === undefined) {
    cache = createKeyCache({ maxAgeMs: 5_000, maxKeys: 10_000, now: () => performance.now() });
    caches.set(store, cache);
  }
  return cache;
}
