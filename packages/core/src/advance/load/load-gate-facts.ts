import type { JsonObject } from "@wend/journey";
import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ChannelAddress } from "../../suppressions/channel-address.ts";
import { channelAddresses } from "../../suppressions/channel-address.ts";
import type { SuppressionList } from "../../suppressions/suppression-list.ts";
import type { ProfileConsent, ProfileWork } from "../profile-work.ts";
import { suppressionKey } from "../profile-work.ts";

interface GateReader {
  readonly tx: Tx;
  readonly suppressions: Pick<SuppressionList, "find">;
}

/** Fills in what the profiles have consented to, for the send gate. */
export async function loadConsents(tx: Tx, profiles: ReadonlyMap<string, ProfileWork>): Promise<void> {
  const consents = await tx.rows<ProfileConsent & { profile_id: string }>(loadConsentsSql, [
    tx.workspaceId,
    plainArray([...profiles.keys()]),
  ]);
  for (const { profile_id, ...consent } of consents) profiles.get(profile_id)!.consents.push(consent);
}

/** Fills in which of the profiles' addresses are suppressed, for the send gate; their traits must be known. */
export async function loadSuppressions(
  { tx, suppressions }: GateReader,
  profiles: Iterable<ProfileWork>,
): Promise<void> {
  const owned = [...profiles].flatMap((profile) => addressesOf(profile).map((one) => ({ ...one, profile })));
  const found = await suppressions.find(tx, owned);
  owned.forEach(({ profile, channel, address }, i) => {
    const suppression = found[i];
    if (suppression) profile.suppressed.set(suppressionKey(channel, address), suppression.reason);
  });
}

// Also those of this very batch: an identify in it may bring another one.
const addressesOf = (profile: ProfileWork): ChannelAddress[] => allTraits(profile).flatMap(channelAddresses);

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
