import type { GateCheck, GateFacts, SuppressedReason } from "./types.ts";

/**
 * The run is live, and so is its journey. A run that came to its own end has planned its deliveries for good; one
 * that a goal or an exit ended has not. A failed check without a reason means: held, ask again later.
 */
export function checkRunLive({ stage, journey, run }: GateFacts): GateCheck {
  const inputs = { stage, journey: journey.status, run: run.status, endedBy: run.endedBy };
  const step = "run_live";
  if (journey.status === "paused") return { step, pass: false, reason: null, inputs };
  if (journey.status !== "live" && journey.status !== "closing") {
    return { step, pass: false, reason: "journey_stopped", inputs };
  }
  if (run.status === "failed") return { step, pass: false, reason: null, inputs };
  if (run.status === "active") return { step, pass: true, reason: null, inputs };
  const reason = reasonOfEnd(run.endedBy);
  return { step, pass: reason === null, reason, inputs };
}

function reasonOfEnd(endedBy: GateFacts["run"]["endedBy"]): SuppressedReason | null {
  switch (endedBy) {
    case "end":
      return null;
    case "goal":
      return "goal_reached";
    case "exit":
      return "exited";
    default:
      return "run_ended";
  }
}

/** Neither the goal nor an exit holds at this moment. If both do, the goal is what is told. */
export function checkExitAndGoal({ exitNow }: GateFacts): GateCheck {
  const reason = exitNow.goal ? "goal_reached" : exitNow.exit === null ? null : "exited";
  return { step: "exit_and_goal", pass: reason === null, reason, inputs: { goal: exitNow.goal, exit: exitNow.exit } };
}
