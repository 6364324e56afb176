import { defaultLabel } from "../language/label.ts";
import type { JourneyProblem, Path } from "./problem.ts";
import { createProblem } from "./problem.ts";
import { entriesOf, getOwn, getPath, listOf } from "./raw.ts";

/** What is wrong inside single nodes beyond their shape: labels, weights, empty changes, outputs nobody waits for. */
export function findNodeProblems(input: unknown): JourneyProblem[] {
  return entriesOf(getOwn(input, "nodes")).flatMap(([id, node]) => [
    ...findDuplicateLabels(["nodes", id], node),
    ...findZeroWeights(["nodes", id], node),
    ...findEmptyUpdate(["nodes", id], node),
    ...findUnawaitedOutput(["nodes", id], node),
  ]);
}

function findDuplicateLabels(path: Path, node: unknown): JourneyProblem[] {
  const type = getOwn(node, "type");
  if (type !== "split" && type !== "randomSplit") return [];
  const taken = new Set<unknown>(type === "split" ? ["else"] : []);
  return listOf(getOwn(node, "branches")).flatMap(([index, branch]) => {
    const label = getOwn(branch, "label") ?? defaultLabel(index);
    if (!taken.has(label)) {
      taken.add(label);
      return [];
    }
    return [
      createProblem("journey.duplicate_label", [...path, "branches", index, "label"], `it is ${JSON.stringify(label)}`),
    ];
  });
}

function findZeroWeights(path: Path, node: unknown): JourneyProblem[] {
  if (getOwn(node, "type") !== "randomSplit") return [];
  const branches = listOf(getOwn(node, "branches"));
  const allZero = branches.length > 0 && branches.every(([, branch]) => getOwn(branch, "weight") === 0);
  return allZero ? [createProblem("journey.zero_weights", [...path, "branches"])] : [];
}

function findEmptyUpdate(path: Path, node: unknown): JourneyProblem[] {
  if (getOwn(node, "type") !== "updateProfile") return [];
  const changes = ["set", "unset", "increment", "append"].map((name) => getOwn(node, name));
  const empty = changes.every((change) => entriesOf(change).length === 0 && listOf(change).length === 0);
  return empty ? [createProblem("journey.empty_update", path)] : [];
}

function findUnawaitedOutput(path: Path, node: unknown): JourneyProblem[] {
  const type = getOwn(node, "type");
  if ((type !== "send" && type !== "webhook") || getOwn(node, "as") === undefined) return [];
  if (getPath(node, ["outcome", "policy"]) !== "continue") return [];
  return [createProblem("journey.output_not_awaited", [...path, "as"])];
}
