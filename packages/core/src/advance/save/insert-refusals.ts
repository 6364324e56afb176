import { jsonArray, plainArray, textArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Refusal } from "../changes.ts";

/** Records entries that were refused, with the reason. */
export function insertRefusals(tx: Tx, refusals: readonly Refusal[]): Promise<number> {
  return tx.run(
    `insert into refused_entries (workspace_id, profile_id, journey_id, event_id, version, at, reason, detail)
     select $1, profile_id, journey_id, event_id, version, to_timestamp(at), reason, detail
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::float8[], $7::text[], $8::jsonb[])
     as u (profile_id, journey_id, event_id, version, at, reason, detail)
     on conflict do nothing`,
    [
      tx.workspaceId,
      plainArray(refusals.map((refusal) => refusal.profileId)),
      plainArray(refusals.map((refusal) => refusal.journeyId)),
      plainArray(refusals.map((refusal) => refusal.eventId)),
      plainArray(refusals.map((refusal) => refusal.version)),
      plainArray(refusals.map((refusal) => refusal.at / 1000)),
      textArray(refusals.map((refusal) => refusal.reason)),
      jsonArray(refusals.map((refusal) => refusal.detail)),
    ],
  );
}
