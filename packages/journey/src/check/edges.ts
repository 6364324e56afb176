import type { Path } from "./problem.ts";
import { entriesOf, getOwn, getPath, listOf } from "./raw.ts";

/** An edge as it stands in the definition, whether or not it leads anywhere. */
export interface Edge {
  /** Id of the node it leaves; undefined for `start`. */
  readonly from: string | undefined;
  readonly to: string;
  readonly path: Path;
}

/** All edges of a definition, broken nodes included as far as they can be read. */
export function findEdges(input: unknown): Edge[] {
  const nodes = entriesOf(getOwn(input, "nodes"));
  return [
    ...edgeAt(input, undefined, ["start"]),
    ...nodes.flatMap(([id, node]) => pathsOfEdges(node).flatMap((path) => edgeAt(input, id, ["nodes", id, ...path]))),
  ];
}

function edgeAt(input: unknown, from: string | undefined, path: Path): Edge[] {
  const to = getPath(input, path);
  return typeof to === "string" ? [{ from, to, path }] : [];
}

function pathsOfEdges(node: unknown): Path[] {
  return [
    ["next"],
    ["else"],
    ["timeout", "next"],
    ...listOf(getOwn(node, "branches")).map(([index]) => ["branches", index, "next"]),
    ...["failed", "suppressed", "unknown"].map((branch) => ["outcome", branch]),
  ];
}
