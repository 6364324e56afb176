import { addressHash } from "../../consent/address.ts";
import { textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Claimed } from "./claimed.ts";

/** Delivery id -> why its address is on the suppression list. */
export type Suppressions = ReadonlyMap<string, string>;

const none: Suppressions = new Map();

export async function loadSuppressions(tx: Tx, claimed: readonly Claimed[]): Promise<Suppressions> {
  const hashes = new Map<string, string>();
  for (const { id, channel, address } of claimed) {
    if (address !== null) hashes.set(id, addressHash(tx.workspaceId, channel, address));
  }
  if (hashes.size === 0) return none;
  const rows = await tx.rows<{ hash: string; reason: string }>(
    `select encode(h.hash, 'hex') as hash, s.reason
     from unnest($2::text[]) as c (channel) cross join unnest($3::bytea[]) as h (hash)
     cross join lateral (
       select reason from suppressions
       where workspace_id = $1 and channel = c.channel and address_hash = h.hash offset 0
     ) s`,
    [
      tx.workspaceId,
      textArray([...new Set(claimed.map((delivery) => delivery.channel))]),
      textArray([...hashes.values()].map((hash) => `\\x${hash}`)),
    ],
  );
  // The channel is part of the hash.
  const reasons = new Map(rows.map((row) => [row.hash, row.reason]));
  return new Map([...hashes].flatMap(([id, hash]) => (reasons.has(hash) ? [[id, reasons.get(hash)!]] : [])));
}
