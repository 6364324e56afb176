import { instantWords, orList, quoted } from "../listing/words.ts";
import type { RunSummary } from "./run-view.ts";
import type { Visit, Waiting } from "./visit.ts";

export interface RunStanding {
  readonly run: Pick<RunSummary, "endedBy" | "outcome" | "error">;
  readonly visit: Visit | null;
  /** Whether the journey is paused. */
  readonly paused: boolean;
  /** How many signals are held. */
  readonly held: number;
}

/** Where a run stands and what it waits for, in a sentence or two. */
export function explainRun({ run, visit, paused, held }: RunStanding): string {
  if (!visit) return explainEnd(run);
  if (visit.waitsFor.kind === "retry") return `${explainFailure(run)}${heldWords(held)}`;
  const waits = `It waits at ${quoted(visit.nodeId)} ${waitWords(visit.waitsFor)}.`;
  return paused ? `${waits} The journey is paused, so nothing moves until it is resumed.${heldWords(held)}` : waits;
}

/** Why and how a run ended. */
export function explainEnd({ endedBy, outcome }: Pick<RunSummary, "endedBy" | "outcome">): string {
  if (endedBy === "goal") return "It ended because the goal was reached.";
  if (endedBy === "exit") return explainExit(outcome ?? "exit");
  return `It went through to the end with the outcome ${quoted(outcome ?? "end")}.`;
}

const delivered = /^delivery_(failed|suppressed|unknown)$/;

// A send whose policy is to exit ends the run by this name.
function explainExit(exit: string): string {
  const outcome = delivered.exec(exit)?.[1];
  if (outcome === undefined) return `It ended by the exit ${quoted(exit)}.`;
  return `It ended because its delivery ${outcome === "unknown" ? "has an unknown outcome" : outcome === "failed" ? "failed" : "was suppressed"}.`;
}

/** Why a run is parked. */
export function explainFailure({ error }: Pick<RunSummary, "error">): string {
  if (!error) return "It is parked by an error.";
  return `It is parked at ${quoted(error.nodeId)} by the error ${error.code}: ${error.detail}`;
}

function waitWords(waiting: Waiting): string {
  switch (waiting.kind) {
    case "time":
      return `until ${instantWords(waiting.until)}`;
    case "event":
      return `for ${orList(waiting.events.map(quoted))}${waiting.until === null ? "" : `, at most until ${instantWords(waiting.until)}`}`;
    case "outcome":
      return "for the outcome of its delivery";
    case "retry":
      return "to be retried";
  }
}

const heldWords = (held: number): string =>
  held === 0 ? "" : ` ${held} ${held === 1 ? "signal is" : "signals are"} kept for later.`;
