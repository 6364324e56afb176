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
  /** Puts addresses on the list and tells how many are new; what is on it keeps its reason and its time. */
  add(tx: Tx, addresses: readonly ChannelAddress[], reason: string): Promise<number>;
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
      return tx.run(addSql, [...places(tx, addresses, hashes), reason, tx.now]);
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
insert into suppressions (workspace_id, channel, address_hash, reason, at)
select $1, channel, hash, $4, to_timestamp($5 / 1000e0) from unnest($2::text[], $3::bytea[]) as u (channel, hash)
order by channel, hash
on conflict do nothing`;

const removeSql = /* sql */ `
delete from suppressions s using unnest($2::text[], $3::bytea[]) as u (channel, hash)
where s.workspace_id = $1 and s.channel = u.channel and s.address_hash = u.hash`;
