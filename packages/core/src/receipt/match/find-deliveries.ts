import type { ReceiptSubject, SignalSubject } from "@wend/plugin";
import { isUuid } from "../../ids.ts";
import { plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { DeliveryRef } from "../fact.ts";
import { deliveryColumns } from "./delivery-columns.ts";

/** What may name a delivery; a subject that names a customer or an address finds none. */
export type Subject = ReceiptSubject | SignalSubject;

/**
 * The delivery that each subject names: one statement whatever their number. Only deliveries of the connection are found:
 * its secret vouches for no other's.
 */
export async function findDeliveries(
  tx: Tx,
  connectionId: string,
  subjects: readonly Subject[],
): Promise<(DeliveryRef | undefined)[]> {
  const named = subjects.map(namesOf);
  const rows = await tx.rows<DeliveryRef & { nth: number }>(sql, [
    tx.workspaceId,
    connectionId,
    plainArray(named.map(({ id }) => id)),
    plainArray(named.map(({ run }) => run)),
    plainArray(named.map(({ seq }) => seq)),
    textArray(named.map(({ provider }) => provider)),
  ]);
  const found = new Map(rows.map(({ nth, ...delivery }) => [nth, delivery]));
  return subjects.map((_, index) => found.get(index + 1));
}

interface Names {
  readonly id: string | null;
  readonly run: string | null;
  readonly seq: number | null;
  readonly provider: string | null;
}

const nothing: Names = { id: null, run: null, seq: null, provider: null };

function namesOf(subject: Subject): Names {
  if ("deliveryId" in subject) return { ...nothing, id: subject.deliveryId };
  if ("providerId" in subject) return { ...nothing, provider: subject.providerId };
  return "idempotencyKey" in subject ? { ...nothing, ...keyParts(subject.idempotencyKey) } : nothing;
}

// A key that we cannot have made names nothing.
function keyParts(key: string): Pick<Names, "run" | "seq"> {
  const [run = "", seq = "", ...more] = key.split(":");
  const isOurs = more.length === 0 && isUuid(run) && /^\d{1,9}$/.test(seq);
  return isOurs ? { run, seq: Number(seq) } : { run: null, seq: null };
}

const sql = {
  name: "find-named-deliveries",
  text: /* sql */ `
select n.nth::int as nth, d.* from unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[])
  with ordinality as n (id, run, seq, provider, nth)
cross join lateral (
  select ${deliveryColumns} from deliveries where workspace_id = $1 and id = n.id
  union all
  select ${deliveryColumns} from deliveries where workspace_id = $1 and run_id = n.run and seq = n.seq
  union all
  (select ${deliveryColumns} from deliveries where workspace_id = $1 and connection_id = $2 and provider_id = n.provider
   order by id desc limit 1)
  offset 0
) d
where d.connection_id = $2`,
};
