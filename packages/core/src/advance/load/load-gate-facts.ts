import type { JsonObject } from "@wend/journey";
import { addressHash, channelAddresses } from "../../consent/address.ts";
import { plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ProfileConsent, ProfileWork } from "../profile-work.ts";
import { suppressionKey } from "../profile-work.ts";

/** Fills in consents and suppressed addresses: what the send gate needs of a profile. */
export async function loadGateFacts(tx: Tx, profiles: ReadonlyMap<string, ProfileWork>): Promise<void> {
  await Promise.all([loadConsents(tx, profiles), loadSuppressions(tx, profiles)]);
}

async function loadConsents(tx: Tx, profiles: ReadonlyMap<string, ProfileWork>): Promise<void> {
  const consents = await tx.rows<ProfileConsent & { profile_id: string }>(loadConsentsSql, [
    tx.workspaceId,
    plainArray([...profiles.keys()]),
  ]);
  for (const { profile_id, ...consent } of consents) profiles.get(profile_id)!.consents.push(consent);
}

async function loadSuppressions(tx: Tx, profiles: ReadonlyMap<string, ProfileWork>): Promise<void> {
  const owners = ownersByHash(tx.workspaceId, profiles.values());
  if (owners.size === 0) return;
  const rows = await tx.rows<{ hash: string; reason: string }>(loadSuppressionsSql, [
    tx.workspaceId,
    textArray(["email", "sms"]),
    textArray([...owners.keys()].map((hash) => `\\x${hash}`)),
  ]);
  for (const { hash, reason } of rows) {
    for (const { profile, key } of owners.get(hash) ?? []) profile.suppressed.set(key, reason);
  }
}

interface Owner {
  readonly profile: ProfileWork;
  readonly key: string;
}

// By address and not by profile: an identify in this very batch may bring another address.
function ownersByHash(workspaceId: number, profiles: Iterable<ProfileWork>): Map<string, Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const profile of profiles) {
    for (const { channel, address } of allTraits(profile).flatMap(channelAddresses)) {
      const hash = addressHash(workspaceId, channel, address);
      const known = owners.get(hash) ?? [];
      known.push({ profile, key: suppressionKey(channel, address) });
      owners.set(hash, known);
    }
  }
  return owners;
}

const allTraits = ({ traits, rows }: ProfileWork): JsonObject[] => [
  traits,
  ...rows.flatMap((row) => (row.payload?.traits ? [row.payload.traits] : [])),
];

const loadConsentsSql = {
  name: "load-consents",
  text: /* sql */ `
select c.profile_id, c.channel, c.purpose, c.topic, c.state from unnest($2::uuid[]) as u (id)
cross join lateral (select * from consents where workspace_id = $1 and profile_id = u.id offset 0) c`,
};

const loadSuppressionsSql = {
  name: "load-suppressions",
  text: /* sql */ `
select encode(h.hash, 'hex') as hash, s.reason
from unnest($2::text[]) as c (channel) cross join unnest($3::bytea[]) as h (hash)
cross join lateral (
  select reason from suppressions
  where workspace_id = $1 and channel = c.channel and address_hash = h.hash offset 0
) s`,
};
