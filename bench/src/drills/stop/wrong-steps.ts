import { inWorkspace } from "@wend/core";
import type { Message } from "../sink/message.ts";
import { customersTo } from "../stage/customers.ts";
import type { Stage } from "../stage/stage.ts";
import { expected } from "./journey.ts";

interface RunRow extends Record<string, unknown> {
  readonly customer: string;
  readonly nodes: readonly string[];
  readonly steps: number;
}

/** Customers whose run went another way than the journey's, whose profile says so, or who were told so. */
export async function countWrongSteps(stage: Stage, runs: number, messages: readonly Message[]): Promise<number> {
  const rows = await loadRuns(stage);
  const right = new Set(rows.filter(isRight).map((row) => row.customer));
  const told = tellings(messages);
  const wrong = customersTo(runs).filter((customer) => !right.has(customer) || !isAsExpected(told.get(customer)));
  const surplusRuns = rows.length - new Set(rows.map((row) => row.customer)).size;
  return wrong.length + surplusRuns;
}

const isRight = ({ nodes, steps }: RunRow): boolean =>
  nodes.join() === expected.nodes.join() && steps === expected.steps;

const isAsExpected = (told: readonly string[] | undefined): boolean => told?.join() === expected.messages.join();

function tellings(messages: readonly Message[]): Map<string, string[]> {
  const told = new Map<string, string[]>();
  for (const { customer, label, count } of messages) {
    const text = `${label} ${count}`;
    const known = told.get(customer);
    // A message that came twice is counted as such, and is no wrong step.
    if (!known) told.set(customer, [text]);
    else if (!known.includes(text)) known.push(text);
  }
  return told;
}

function loadRuns({ store, place }: Stage): Promise<RunRow[]> {
  return inWorkspace(store, place.workspace.id, (tx) =>
    tx.rows<RunRow>(
      `select i.value as customer, (p.traits ->> 'steps')::int as steps,
         array(select node_id from steps s where s.workspace_id = $1 and s.run_id = r.id order by seq) as nodes
       from runs r
       join profiles p on p.workspace_id = $1 and p.id = r.profile_id
       join identities i on i.workspace_id = $1 and i.profile_id = r.profile_id
       where r.workspace_id = $1`,
      [place.workspace.id],
    ),
  );
}
