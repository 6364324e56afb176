import type { ConnectionRow } from "../../connections/connection.ts";
import type { Queues } from "../../queue/queues.ts";
import type { Runtime } from "../../runtime.ts";
import { plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import { inWorkspace } from "../../store/transaction.ts";
import type { Fact } from "../fact.ts";
import { writeFacts } from "../write-facts.ts";
import { parkedForMs } from "./park-facts.ts";

export type MatchRuntime = Pick<Runtime, "store" | "suppressions" | "log"> & { readonly queues: Pick<Queues, "wake"> };

interface MatchReport {
  /** Looked at again, and among them those that were given up. */
  readonly looked: number;
  readonly expired: number;
}

const batchRows = 500;

/**
 * Looks again for what parked facts are about, workspace by workspace, and tells how many were looked at. A fact that
 * is found is stored as if it came now; the others wait longer each time, for a day.
 */
export async function matchParked(runtime: MatchRuntime): Promise<number> {
  const fixed = runtime.store.clock.fixed();
  const { rows } = await runtime.store.router.query<{ workspace_id: number }>(
    `select distinct workspace_id from parked_facts
     where look_at <= coalesce(to_timestamp($1::float8 / 1000), clock_timestamp())`,
    [fixed ?? null],
  );
  let report = { looked: 0, expired: 0 };
  for (const { workspace_id } of rows) {
    const { woken, looked, expired } = await inWorkspace(runtime.store, workspace_id, (tx) => matchIn(tx, runtime));
    if (woken.length > 0) runtime.queues.wake(workspace_id, woken);
    report = { looked: report.looked + looked, expired: report.expired + expired };
  }
  if (report.expired > 0) runtime.log.warn(report, "facts about nothing known were given up");
  return report.looked;
}

interface Parked {
  connection_id: string;
  id: string;
  fact: Fact;
  parked_at: number;
}

async function matchIn(tx: Tx, runtime: MatchRuntime): Promise<MatchReport & { woken: number[] }> {
  const parked = await tx.rows<Parked>(takeDue, [tx.workspaceId, tx.now, batchRows]);
  const due = parked.filter(({ parked_at }) => parked_at > tx.now - parkedForMs);
  const woken: number[] = [];
  for (const [connectionId, rows] of Map.groupBy(due, (row) => row.connection_id)) {
    const [connection] = await tx.rows<Pick<ConnectionRow, "id" | "key" | "channel">>(
      "select id, key, channel from connections where workspace_id = $1 and id = $2",
      [tx.workspaceId, connectionId],
    );
    if (!connection) continue;
    const facts = rows.map(({ fact }) => fact);
    woken.push(...(await writeFacts(tx, { connection, ...runtime }, facts)));
    await postpone(tx, rows);
  }
  return { woken, looked: parked.length, expired: parked.length - due.length };
}

// Those still unknown were parked again as if they were new: they keep their age, and wait half of it.
const postpone = (tx: Tx, rows: readonly Parked[]): Promise<number> =>
  tx.run(
    `update parked_facts p set parked_at = u.parked_at,
       look_at = to_timestamp($2 / 1000e0)
         + greatest(interval '1 second', (to_timestamp($2 / 1000e0) - u.parked_at) / 2)
     from (select id, connection_id, to_timestamp(at / 1000e0) as parked_at
       from unnest($3::text[], $4::uuid[], $5::float8[]) as u (id, connection_id, at)) u
     where p.workspace_id = $1 and p.connection_id = u.connection_id and p.id = u.id`,
    [
      tx.workspaceId,
      tx.now,
      textArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ connection_id }) => connection_id)),
      plainArray(rows.map(({ parked_at }) => parked_at)),
    ],
  );

// Two that look at the same time take different rows.
const takeDue = /* sql */ `
delete from parked_facts p using (
  select connection_id, id from parked_facts
  where workspace_id = $1 and case when look_at <= to_timestamp($2 / 1000e0) then true end
  order by look_at limit $3 for update skip locked
) due
where p.workspace_id = $1 and p.connection_id = due.connection_id and p.id = due.id
returning p.connection_id, p.id, p.fact, p.parked_at`;
