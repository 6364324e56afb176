import type { Store } from "@wend/core";
import { inWorkspace } from "@wend/core";
import { readRecorded } from "./recorded.ts";

/** What came of a replay. */
export interface Figures {
  readonly profiles: number;
  readonly events: number;
  readonly runs: number;
  readonly reordered: number;
  readonly winback: number;
  readonly secondOrder: number;
}

/** Counts runs in the store and sends where they were recorded. Throws when the two contradict each other. */
export async function countFigures(store: Store, workspaceId: number, sinkFile: string): Promise<Figures> {
  const stored = await countStored(store, workspaceId);
  const { sends } = await readRecorded(sinkFile);
  const winback = sends.get("winback") ?? 0;
  const secondOrder = sends.get("second-order") ?? 0;
  const { profiles, events, runs, reordered, lapsed, active, accepted } = stored;
  const accounts: [string, number, number][] = [
    ["runs = active + reordered + lapsed", runs, active + reordered + lapsed],
    ["lapsed runs = recorded sends", lapsed, winback + secondOrder],
    ["accepted deliveries = recorded sends", accepted, winback + secondOrder],
  ];
  for (const [account, left, right] of accounts) {
    if (left !== right) throw new Error(`${account} does not hold: ${left} and ${right}, of ${JSON.stringify(stored)}`);
  }
  return { profiles, events, runs, reordered, winback, secondOrder };
}

interface Stored {
  readonly [column: string]: number;
  readonly profiles: number;
  readonly events: number;
  readonly runs: number;
  readonly active: number;
  readonly reordered: number;
  readonly lapsed: number;
  readonly accepted: number;
}

async function countStored(store: Store, workspaceId: number): Promise<Stored> {
  const [row] = await inWorkspace(store, workspaceId, (tx) =>
    tx.rows<Stored>(
      `select (select count(*) from profiles where workspace_id = $1) as profiles,
         (select count(*) from events where workspace_id = $1 and name = 'Order Completed') as events,
         count(*) as runs,
         count(*) filter (where status = 'active') as active,
         count(*) filter (where status = 'ended' and outcome = 'reordered') as reordered,
         count(*) filter (where status = 'ended' and outcome = 'lapsed') as lapsed,
         (select count(*) from deliveries where workspace_id = $1 and state = 'accepted') as accepted
       from runs where workspace_id = $1`,
      [tx.workspaceId],
    ),
  );
  return row!;
}
