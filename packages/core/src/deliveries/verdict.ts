import type { ErrorCode } from "@wend/plugin";
import { plainArray } from "../store/arrays.ts";
import type { Tx } from "../store/transaction.ts";

/** Which deliveries of unknown outcome an operator has something to say about, and who that is. */
export interface VerdictCall {
  readonly ids: readonly string[];
  /** Id of the API key. */
  readonly actor: string;
}

/** What became of each id: done, or refused with a code. */
export interface VerdictReport {
  readonly done: readonly string[];
  readonly refused: readonly { readonly id: string; readonly code: ErrorCode }[];
}

interface AskedRow {
  id: string;
  known: boolean;
  done: boolean;
}

/** Each id once, in the one order in which rows are locked everywhere. */
export const askedIds = ({ ids }: VerdictCall): string[] => [...new Set(ids.map((id) => id.toLowerCase()))].sort();

/** Runs a statement that ends in {@link reportAsked}, with the workspace, the time, the ids and the actor before its own values. */
export async function giveVerdict(
  tx: Tx,
  { ids, actor }: VerdictCall,
  statement: { readonly text: string; readonly values: readonly unknown[] },
): Promise<VerdictReport> {
  const rows = await tx.rows<AskedRow>(statement.text, [
    tx.workspaceId,
    tx.now,
    plainArray(ids),
    actor,
    ...statement.values,
  ]);
  return {
    done: rows.filter(({ done }) => done).map(({ id }) => id),
    refused: rows
      .filter(({ done }) => !done)
      .map(({ id, known }) => ({ id, code: known ? "delivery.wrong_state" : "delivery.not_found" })),
  };
}

/** The condition on `d` under which a verdict is taken; tested again on the row once it is locked. */
export const isUnknown = "case when d.state = 'unknown' then true end";

/** Of a statement whose `judged` holds the rows it changed. */
export const reportAsked = /* sql */ `
select a.id, d.id is not null as known, j.id is not null as done
from unnest($3::uuid[]) as a (id)
left join lateral (select id from deliveries where workspace_id = $1 and id = a.id offset 0) d on true
left join judged j on j.id = a.id`;
