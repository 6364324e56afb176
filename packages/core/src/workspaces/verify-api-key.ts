import { timingSafeEqual } from "node:crypto";
import { WendError } from "@wend/plugin";
import type { Store } from "../store/connect.ts";
import { toStoreError } from "../store/failures.ts";
import type { AllowList, Credential, KeyKind } from "./credential.ts";
import type { VerifiedKey } from "./key-cache.ts";
import { keyCacheOf } from "./key-cache.ts";
import { digestOf, digestTextOf, readKey } from "./key-text.ts";

/**
 * Whom a key speaks for. Answers are repeated for up to five seconds, so that is how long a revoked key may live on;
 * an expired one is refused on time. Throws `auth.missing_key`, `auth.invalid_key`, which never says why.
 */
export async function verifyApiKey(store: Store, key: string | undefined): Promise<Credential> {
  if (!key) throw new WendError("auth.missing_key");
  const digest = digestTextOf(key);
  // Nearly every request brings a key that was just seen: its shape and checksum are known to be right.
  const verified = await (keyCacheOf(store).find(digest) ?? verifyAnew(store, key, digest));
  if (verified === undefined || isExpired(verified, store)) throw new WendError("auth.invalid_key");
  return verified.credential;
}

async function verifyAnew(store: Store, key: string, digest: string): Promise<VerifiedKey | undefined> {
  const read = readKey(key);
  if (read === undefined) return undefined;
  return keyCacheOf(store).get(digest, read.id, () => ask(store, { ...read, digest: digestOf(key) }));
}

// By the database's clock the answer itself is remembered no longer than the key is valid.
function isExpired({ expiresAt }: VerifiedKey, store: Store): boolean {
  const now = store.clock.fixed();
  return now !== undefined && expiresAt !== undefined && expiresAt <= now;
}

interface Asked {
  readonly id: string;
  readonly kind: KeyKind;
  readonly digest: Buffer;
}

interface KeyRow {
  workspace_id: number;
  shards: number;
  kind: KeyKind;
  scopes: string[];
  allow: AllowList;
  secret_hash: Buffer;
  expires_at: number | null;
  revoked: boolean;
  valid_for_ms: number;
}

const nobody = Buffer.alloc(32);

async function ask(store: Store, { id, kind, digest }: Asked): Promise<VerifiedKey | undefined> {
  const row = await findKey(store, id);
  // An unknown id takes the same comparison as a known one.
  const same = timingSafeEqual(row?.secret_hash ?? nobody, digest);
  if (row === undefined || !same || row.revoked || row.valid_for_ms <= 0 || row.kind !== kind) return undefined;
  const { workspace_id: workspaceId, shards, scopes, allow } = row;
  return {
    credential: { workspaceId, shards, keyId: id, kind, scopes, allow },
    expiresAt: row.expires_at ?? undefined,
    validForMs: row.valid_for_ms,
  };
}

async function findKey(store: Store, id: string): Promise<KeyRow | undefined> {
  try {
    const { rows } = await store.router.query<KeyRow>(
      `select k.workspace_id, w.shards, k.kind, k.scopes, k.allow, k.secret_hash, k.expires_at,
         k.revoked_at is not null as revoked,
         coalesce(extract(epoch from k.expires_at - coalesce($2, clock_timestamp())) * 1000, 'infinity')::float8
           as valid_for_ms
       from api_keys k join workspaces w on w.id = k.workspace_id where k.id = $1`,
      [id, fixedNow(store)],
    );
    return rows[0];
  } catch (error) {
    throw toStoreError(error);
  }
}

function fixedNow(store: Store): Date | null {
  const now = store.clock.fixed();
  return now === undefined ? null : new Date(now);
}
