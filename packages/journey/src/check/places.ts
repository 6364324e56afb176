import type { RefRoot } from "../language/ref.ts";
import type { Path } from "./problem.ts";
import { entriesOf, getOwn, getPath, listOf } from "./raw.ts";

/** Where a predicate or an operand stands, and what it can read there. */
export interface Place {
  readonly kind: "predicate" | "operand";
  readonly path: Path;
  readonly roots: readonly RefRoot[];
}

const atEntry: readonly RefRoot[] = ["profile", "event"];
const atTrigger: readonly RefRoot[] = ["profile", "event", "signal"];
const inRun: readonly RefRoot[] = ["profile", "event", "vars"];
const onSignal: readonly RefRoot[] = ["profile", "event", "vars", "signal"];

/** Every place of a definition that holds a predicate or an operand. */
export function findPlaces(input: unknown): Place[] {
  const places: Place[] = [
    ...listOf(getOwn(input, "triggers")).map(([i]) => predicate(["triggers", i, "where"], atTrigger)),
    predicate(["filter"], atEntry),
    { kind: "operand", path: ["entry", "key"], roots: atEntry },
    ...listOf(getOwn(input, "exits")).flatMap(([i]) => exitPlaces(["exits", i])),
    ...exitPlaces(["goal"]),
    ...entriesOf(getOwn(input, "nodes")).flatMap(([id, node]) => nodePlaces(["nodes", id], node)),
  ];
  return places.filter((place) => getPath(input, place.path) !== undefined);
}

function predicate(path: Path, roots: readonly RefRoot[]): Place {
  return { kind: "predicate", path, roots };
}

function exitPlaces(path: Path): Place[] {
  return [predicate([...path, "where"], onSignal), predicate([...path, "when"], inRun)];
}

function nodePlaces(path: Path, node: unknown): Place[] {
  const branches = listOf(getOwn(node, "branches")).map(([index]) => [...path, "branches", index]);
  switch (getOwn(node, "type")) {
    case "waitForEvent":
      return branches.map((branch) => predicate([...branch, "where"], onSignal));
    case "split":
      return branches.map((branch) => predicate([...branch, "when"], inRun));
    case "updateProfile":
      return ["set", "increment", "append"].flatMap((change) => writePlaces([...path, change], getOwn(node, change)));
    default:
      return [];
  }
}

function writePlaces(path: Path, writes: unknown): Place[] {
  return entriesOf(writes).map(([trait]) => ({ kind: "operand", path: [...path, trait], roots: inRun }));
}
