import { plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import { addressedChannels, channelsOf, spellingsOf } from "../../suppressions/channel-address.ts";
import type { DeliveryRef } from "../fact.ts";
import { deliveryColumns } from "./delivery-columns.ts";
import type { Subject } from "./find-deliveries.ts";

/** Whose facts they are. */
export interface Source {
  readonly id: string;
  readonly channel: string;
}

/**
 * The last delivery to the address that each subject names. An e-mail address or a number is a fact about the customer,
 * so that a signal about one finds what any connection has sent to it. Any other address is a name that one provider
 * gave, and what a receipt says is vouched for by one connection's secret: these find its own deliveries alone.
 */
export async function findAddressed(
  tx: Tx,
  source: Source,
  subjects: readonly Subject[],
): Promise<(DeliveryRef | undefined)[]> {
  const places = subjects.flatMap((subject, nth) => placesOf(subject, source).map((place) => ({ ...place, nth })));
  if (places.length === 0) return subjects.map(() => undefined);
  const rows = await tx.rows<DeliveryRef & { nth: number }>(sql, [
    tx.workspaceId,
    plainArray(places.map(({ nth }) => nth)),
    plainArray(places.map(({ connection }) => connection)),
    textArray(places.map(({ channel }) => channel)),
    textArray(places.map(({ address }) => address)),
  ]);
  const found = new Map(rows.map(({ nth, ...delivery }) => [nth, delivery]));
  return subjects.map((_, nth) => found.get(nth));
}

/** Where to look for one spelling: at one connection, or at all of a channel. */
interface Place {
  readonly connection: string | null;
  readonly channel: string | null;
  readonly address: string;
}

function placesOf(subject: Subject, { id, channel }: Source): Place[] {
  if (!("address" in subject)) return [];
  const channels = "kind" in subject ? channelsOf(subject.kind) : [];
  // A connection that writes to one kind has written to nothing of another.
  const isOwn = !("kind" in subject) || !addressedChannels.includes(channel);
  const where = [
    ...channels.map((one) => ({ connection: null, channel: one })),
    ...(isOwn ? [{ connection: id, channel: null }] : []),
  ];
  const spellings = spellingsOf({ channel: channels[0] ?? channel, address: subject.address });
  return where.flatMap((place) => spellings.map((address) => ({ ...place, address })));
}

// The connections first: their deliveries are found by connection and address.
const sql = {
  name: "find-addressed-deliveries",
  text: /* sql */ `
select distinct on (p.nth) p.nth, d.*
from unnest($2::int[], $3::uuid[], $4::text[], $5::text[]) as p (nth, connection, channel, address)
cross join lateral (
  select id from connections where workspace_id = $1 and id = p.connection
  union all
  select id from connections where workspace_id = $1 and channel = p.channel
  offset 0
) c
cross join lateral (
  select ${deliveryColumns}
  from deliveries where workspace_id = $1 and connection_id = c.id and address = p.address
  order by id desc limit 1
) d
order by p.nth, d.id desc`,
};
