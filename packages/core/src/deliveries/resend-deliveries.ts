import type { Tx } from "../store/transaction.ts";
import type { VerdictCall, VerdictReport } from "./verdict.ts";
import { askedIds, giveVerdict, isUnknown, reportAsked } from "./verdict.ts";

/**
 * Has deliveries of unknown outcome called again with the same key, in one statement; workers take them like any that
 * is due. They stay ambiguous: a provider that can be asked is asked first, and what the send gate stops meanwhile is
 * unknown as before. The claim that held them last can write nothing about them any more: they are not `sending`.
 */
export function resendDeliveries(tx: Tx, call: VerdictCall): Promise<VerdictReport> {
  return giveVerdict(tx, { ...call, ids: askedIds(call) }, { text: statement, values: [] });
}

const statement = /* sql */ `
with judged as (
  update deliveries d
  set state = 'queued', reason = null, settled_at = null, due_at = to_timestamp($2 / 1000e0),
    resent_at = to_timestamp($2 / 1000e0)
  from unnest($3::uuid[]) as a (id)
  where d.workspace_id = $1 and d.id = a.id and ${isUnknown}
  returning d.id, d.claim
), noted as (
  insert into delivery_verdicts (workspace_id, delivery_id, claim, verdict, at, actor)
  select $1, id, claim, 'resend', to_timestamp($2 / 1000e0), $4 from judged
)${reportAsked}`;
