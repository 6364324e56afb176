import type { SecretBox } from "../connections/secret-box.ts";
import { textArray } from "../store/arrays.ts";
import type { Tx } from "../store/transaction.ts";
import { createWorkspaceKeys } from "../workspaces/workspace-key.ts";
import type { ChannelAddress } from "./channel-address.ts";
import { hashAddress } from "./channel-address.ts";

/** Why and since when an address is not written to. */
export interface Suppression {
  readonly reason: string;
  readonly at: number;
}

/**
 * The addresses that a workspace never writes to. It holds keyed hashes and no address, so that it outlives the
 * erasure of a profile. Everything may throw `suppression.key_unavailable`.
 */
export interface SuppressionList {
  /** What the list says of each address, in their order: one statement, and one more the first time in a process. */
  find(tx: Tx, addresses: readonly ChannelAddress[]): Promise<(Suppression | undefined)[]>;
  /**
   * Puts addresses on the list and tells how many are new; what is on it keeps its reason and its time, except that
   * `unsubscribed` gives way: it is the one reason that `resubscribe` lifts.
   */
  add(tx: Tx, addresses: readonly ChannelAddress[], reason: string): Promise<number>;
  /** Puts addresses on the list as `unsubscribed`, by what customers have said through a connection, or to its provider. */
  unsubscribe(tx: Tx, addresses: readonly ChannelAddress[], connectionId: string): Promise<void>;
  /** Takes off the list what `unsubscribe` put there for the same connection alone, and nothing that has another reason. */
  resubscribe(tx: Tx, addresses: readonly ChannelAddress[], connectionId: string): Promise<void>;
  /** Takes addresses off the list and tells how many were on it. */
  remove(tx: Tx, addresses: readonly ChannelAddress[]): Promise<number>;
}

export function createSuppressionList(secrets: SecretBox): SuppressionList {
  // A list that cannot be read must stop whoever asks.
  const keys = createWorkspaceKeys(secrets, { purpose: "suppressions", unavailable: "suppression.key_unavailable" });
  return {
    find: async (tx, addresses) => {
      const key = addresses.length > 0 ? await keys.find(tx) : undefined;
      if (!key) return addresses.map(() => undefined);
      const hashes = addresses.map((one) => hashAddress(key, one));
      const rows = await tx.rows<Suppression & { hash: string }>(findSql, places(tx, addresses, hashes));
      const found = new Map(rows.map(({ hash, reason, at }) => [hash, { reason, at }]));
      return hashes.map((hash) => found.get(hash));
    },
    add: async (tx, addresses, reason) => {
      const key = await keys.make(tx);
      const hashes = addresses.map((one) => hashAddress(key, one));
      const rows = await tx.rows<{ added: boolean }>(addSql, [...places(tx, addresses, hashes), reason, tx.now]);
      return rows.filter(({ added }) => added).length;
    },
    unsubscribe: async (tx, addresses, connectionId) => {
      const key = await keys.make(tx);
      const hashes = addresses.map((one) => hashAddress(key, one));
      await tx.run(unsubscribeSql, [...places(tx, addresses, hashes), connectionId, tx.now]);
    },
    resubscribe: async (tx, addresses, connectionId) => {
      const key = await keys.find(tx);
      if (!key) return;
      const hashes = addresses.map((one) => hashAddress(key, one));
      await tx.run(resubscribeSql, [...places(tx, addresses, hashes), connectionId]);
    },
    remove: async (tx, addresses) => {
      const key = await keys.find(tx);
      if (!key) return 0;
      const hashes = addresses.map((one) => hashAddress(key, one));
      return tx.run(removeSql, places(tx, addresses, hashes));
    },
  };
}

const places = (tx: Tx, addresses: readonly ChannelAddress[], hashes: readonly string[]) => [
  tx.workspaceId,
  textArray(addresses.map(({ channel }) => channel)),
  textArray(hashes.map((hash) => `\\x${hash}`)),
];

const findSql = {
  name: "find-suppressions",
  text: /* sql */ `
select encode(u.hash, 'hex') as hash, s.reason, s.at from unnest($2::text[], $3::bytea[]) as u (channel, hash)
cross join lateral (
  select reason, at from suppressions
  where workspace_id = $1 and channel = u.channel and address_hash = u.hash offset 0
) s`,
};

// Sorted, like everything that several processes may write at once.
const addSql = /* sql */ `
insert into suppressions as s (workspace_id, channel, address_hash, reason, at)
select distinct $1::int, channel, hash, $4, to_timestamp($5 / 1000e0)
from unnest($2::text[], $3::bytea[]) as u (channel, hash)
order by channel, hash
on conflict (workspace_id, channel, address_hash) do update set
  reason = excluded.reason,
  at = case when excluded.reason = s.reason then s.at else excluded.at end,
  connection_id = null
where s.reason = 'unsubscribed'
returning xmax = 0 as added`;

// What came by two ways is taken back by neither.
const unsubscribeSql = /* sql */ `
insert into suppressions as s (workspace_id, channel, address_hash, reason, connection_id, at)
select distinct $1::int, channel, hash, 'unsubscribed', $4::uuid, to_timestamp($5 / 1000e0)
from unnest($2::text[], $3::bytea[]) as u (channel, hash)
order by channel, hash
on conflict (workspace_id, channel, address_hash) do update set connection_id = null
where s.reason = 'unsubscribed' and s.connection_id <> excluded.connection_id`;

const resubscribeSql = /* sql */ `
delete from suppressions s using unnest($2::text[], $3::bytea[]) as u (channel, hash)
where s.workspace_id = $1 and s.channel = u.channel and s.address_hash = u.hash
  and s.reason = 'unsubscribed' and s.connection_id = $4`;

const removeSql = /* sql */ `
delete from suppressions s using unnest($2::text[], $3::bytea[]) as u (channel, hash)
where s.workspace_id = $1 and s.channel = u.channel and s.address_hash = u.hash`;
