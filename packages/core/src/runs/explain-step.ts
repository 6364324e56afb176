import type { Json, JsonObject } from "@wend/journey";
import { instantWords, quoted } from "../listing/words.ts";
import type { StepView } from "./run-view.ts";

type Explained = Omit<StepView, "says">;

/** What a run did at a node and on what grounds, in a sentence. */
export function explainStep(step: Explained): string {
  return early(step) ?? byType[step.type]?.(step) ?? `${quoted(step.nodeId)} was left by ${quoted(step.outcome)}.`;
}

/** How a visit ends that does not run its course. An end node may be labelled with any of these words. */
function early({ nodeId, type, outcome, detail }: Explained): string | undefined {
  if (type === "end") return undefined;
  if (outcome === "failed" && typeof detail?.code === "string") {
    return `${quoted(nodeId)} failed with ${detail.code}: ${detail.detail}`;
  }
  const event = typeof detail?.event === "string" ? `, when ${quoted(detail.event)} arrived` : "";
  if (outcome === "goal") return `${quoted(nodeId)} was left at once, because the goal was reached${event}.`;
  if (outcome === "exit") return `${quoted(nodeId)} was left at once by the exit ${nameOf(detail, "exit")}${event}.`;
  return undefined;
}

const byType: Readonly<Record<string, (step: Explained) => string>> = {
  delay: ({ nodeId, enteredAt, leftAt }) =>
    `${quoted(nodeId)} waited from ${instantWords(enteredAt)} to ${instantWords(leftAt)}.`,
  waitForEvent: ({ nodeId, outcome, detail }) =>
    outcome === "matched"
      ? `${quoted(nodeId)} had waited for ${nameOf(detail, "event")}, and it came.`
      : `${quoted(nodeId)} ran into its timeout: nothing it waited for came.`,
  split: ({ nodeId, outcome, detail }) => `${quoted(nodeId)} took the branch ${quoted(outcome)}${groundsOf(detail)}.`,
  randomSplit: ({ nodeId, outcome, detail }) =>
    `${quoted(nodeId)} drew the branch ${quoted(outcome)} (bucket ${detail?.bucket} of 10,000).`,
  send: explainSend,
  webhook: explainSend,
  updateProfile: ({ nodeId, detail }) => `${quoted(nodeId)} ${changesOf(detail)}.`,
  end: ({ outcome }) => `It reached the end ${quoted(outcome)}.`,
};

function explainSend({ nodeId, outcome, detail }: Explained): string {
  if (outcome === "planned") return `${quoted(nodeId)} asked for its delivery and did not wait for it.`;
  const kept = detail?.kept === true ? `; what it returned is kept as ${nameOf(detail, "as")}` : "";
  return `The delivery of ${quoted(nodeId)} came out as ${outcome}${kept}.`;
}

const nameOf = (detail: JsonObject | null, field: string): string => quoted(String(detail?.[field] ?? ""));

function groundsOf(detail: JsonObject | null): string {
  const found = Object.entries(objectOf(detail?.values)).map(([name, value]) => `${name} is ${JSON.stringify(value)}`);
  const missing = listOf(detail?.missing).map((name) => `${name} is missing`);
  const grounds = [...found, ...missing];
  return grounds.length === 0 ? "" : `, because ${grounds.join(" and ")}`;
}

function changesOf(detail: JsonObject | null): string {
  const changed = Object.entries(objectOf(detail?.changed));
  if (changed.length === 0) return "changed nothing";
  return changed
    .map(([trait, value]) => (value === null ? `removed ${trait}` : `set ${trait} to ${JSON.stringify(value)}`))
    .join(", ");
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
