import type { Tx } from "../../store/transaction.ts";
import { dayOf, minuteOf } from "./limits.ts";

/** What went out through a connection on this day and in this minute, over all workers. */
export interface Usage {
  readonly deliveries: number;
  /** By the recipient's domain, in this minute. */
  readonly domains: ReadonlyMap<string, number>;
  /** Of the stored connection, to be compared with the open one's; null when it is gone. */
  readonly version: string | null;
}

interface Row {
  day: number | null;
  deliveries: number;
  minute: number | null;
  domains: { readonly [domain: string]: number };
  version: string | null;
}

/** Reads the usage and locks it for the claim: counters of another day or minute are none. */
export async function loadUsage(tx: Tx, connectionId: string): Promise<Usage> {
  const [row] = await tx.rows<Row>(loadStatement, [tx.workspaceId, connectionId]);
  const { day, deliveries, minute, domains, version } = row!;
  return {
    deliveries: day === dayOf(tx.now) ? deliveries : 0,
    domains: new Map(minute === minuteOf(tx.now) ? Object.entries(domains) : []),
    version,
  };
}

/** Writes what `loadUsage` has locked. */
export async function saveUsage(tx: Tx, connectionId: string, { deliveries, domains }: Usage): Promise<void> {
  const counted = JSON.stringify(Object.fromEntries(domains));
  await tx.run(saveStatement, [tx.workspaceId, connectionId, dayOf(tx.now), deliveries, minuteOf(tx.now), counted]);
}

const loadStatement = {
  name: "load-connection-usage",
  text: /* sql */ `
insert into connection_usage as u (workspace_id, connection_id) values ($1, $2)
on conflict (workspace_id, connection_id) do update set connection_id = excluded.connection_id
returning u.day, u.deliveries, u.minute, u.domains,
  (select updated_at::text from connections where workspace_id = $1 and id = $2) as version`,
};

const saveStatement = {
  name: "save-connection-usage",
  text: /* sql */ `
update connection_usage
set day = to_timestamp($3 / 1000e0), deliveries = $4, minute = to_timestamp($5 / 1000e0), domains = $6
where workspace_id = $1 and connection_id = $2`,
};
