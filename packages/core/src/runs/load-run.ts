import type { JsonObject, Node } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { HeldSignal } from "../advance/run-slot.ts";
import type { JourneyStatus } from "../journeys/journey.ts";
import type { Tx } from "../store/transaction.ts";
import { explainRun } from "./explain-run.ts";
import type { StepPage } from "./load-steps.ts";
import { loadSteps } from "./load-steps.ts";
import type { RunRow, RunSummary } from "./run-view.ts";
import { runColumns, toRunSummary } from "./run-view.ts";
import type { Visit } from "./visit.ts";
import { resolveVisit } from "./visit.ts";

/** A run whole: where it came from, what it did, where it stands and why. */
export interface RunDetail extends RunSummary {
  readonly journey: { readonly key: string; readonly name: string; readonly status: JourneyStatus };
  /** The event that made it enter. */
  readonly entry: { readonly eventId: string; readonly name: string; readonly receivedAt: number };
  readonly vars: JsonObject;
  /** Completed visits, oldest first: the last 500, or those before the `stepsBefore` that was asked for. */
  readonly steps: StepPage["steps"];
  /** Sequence to ask for older steps with; null when these are the first. */
  readonly stepsBefore: number | null;
  readonly visit: Visit | null;
  /** Signals kept until the journey is resumed or the run retried, oldest first. */
  readonly held: readonly HeldSummary[];
  /** Where it stands, in a sentence. */
  readonly says: string;
}

export interface HeldSummary {
  readonly kind: HeldSignal["kind"];
  readonly at: number;
  /** The event's name or the delivery's outcome; null for a timer and a change of the profile. */
  readonly what: string | null;
}

interface Row extends RunRow {
  journey_key: string;
  journey_name: string;
  journey_status: JourneyStatus;
  entry_id: string;
  entry_name: string;
  entry_at: number;
  vars: JsonObject;
  held: HeldSignal[] | null;
  node: Node | null;
}

/** The run of that id; throws `run.not_found`. `stepsBefore` asks for steps before that sequence. */
export async function loadRun(tx: Tx, id: string, stepsBefore?: number): Promise<RunDetail> {
  const [row] = await tx.rows<Row>(sql, [tx.workspaceId, id]);
  if (!row) throw new WendError("run.not_found", { pointer: "/id" });
  const run = toRunSummary(row);
  const visit = resolveVisit(run, row.node ?? undefined);
  const page = await loadSteps(tx, { runId: id, before: stepsBefore });
  const held = (row.held ?? []).map(toHeldSummary);
  return {
    ...run,
    journey: { key: row.journey_key, name: row.journey_name, status: row.journey_status },
    entry: { eventId: row.entry_id, name: row.entry_name, receivedAt: row.entry_at },
    vars: row.vars,
    steps: page.steps,
    stepsBefore: page.before,
    visit,
    held,
    says: explainRun({ run, visit, paused: row.journey_status === "paused", held: held.length }),
  };
}

function toHeldSummary(signal: HeldSignal): HeldSummary {
  const what = signal.kind === "event" ? signal.name : signal.kind === "outcome" ? signal.outcome : null;
  return { kind: signal.kind, at: signal.at, what };
}

// The node comes out of the version by its path: a definition may be large, a node is not.
const sql = /* sql */ `
select ${runColumns.replaceAll(/\w+/g, "r.$&")}, r.entry_id, r.entry_name, r.entry_at, r.vars, r.held,
  j.key as journey_key, j.name as journey_name, j.status as journey_status,
  v.definition -> 'nodes' -> r.node_id as node
from runs r
join journeys j on j.workspace_id = $1 and j.id = r.journey_id
join journey_versions v on v.workspace_id = $1 and v.journey_id = r.journey_id and v.version = r.version
where r.workspace_id = $1 and r.id = $2`;
