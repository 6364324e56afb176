import type { Edge } from "./edges.ts";
import { findEdges } from "./edges.ts";
import { findLoops } from "./loops.ts";
import type { JourneyProblem } from "./problem.ts";
import { createProblem } from "./problem.ts";
import { entriesOf, getOwn, isObject } from "./raw.ts";

/** Edges that lead nowhere, nodes that nothing leads to, loops in which nothing waits. */
export function findGraphProblems(input: unknown): JourneyProblem[] {
  const nodes = new Map(entriesOf(getOwn(input, "nodes")));
  const edges = findEdges(input);
  const firm = edges.filter((edge) => nodes.has(edge.to));
  return [
    ...edges.filter((edge) => !nodes.has(edge.to)).map(dangling),
    ...unreachable(nodes, firm),
    ...loopsWithoutDelay(nodes, firm),
  ];
}

function dangling(edge: Edge): JourneyProblem {
  return createProblem("journey.dangling_edge", edge.path, `there is no node ${JSON.stringify(edge.to.slice(0, 200))}`);
}

function unreachable(nodes: ReadonlyMap<string, unknown>, edges: readonly Edge[]): JourneyProblem[] {
  const targets = Map.groupBy(edges, (edge) => edge.from);
  const open = (targets.get(undefined) ?? []).map((edge) => edge.to);
  // Without a start every node would be reported, and the start already is.
  if (open.length === 0) return [];
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const edge of targets.get(id) ?? []) open.push(edge.to);
  }
  return [...nodes.keys()]
    .filter((id) => !reached.has(id))
    .map((id) => createProblem("journey.unreachable_node", ["nodes", id]));
}

const waiting = new Set<unknown>(["delay", "waitForEvent"]);

function loopsWithoutDelay(nodes: ReadonlyMap<string, unknown>, edges: readonly Edge[]): JourneyProblem[] {
  const immediate = (id: string) => {
    const node = nodes.get(id);
    return !isObject(node) || !waiting.has(node.type);
  };
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    if (from === undefined || !immediate(from) || !immediate(to)) continue;
    const known = next.get(from);
    if (known === undefined) next.set(from, [to]);
    else known.push(to);
  }
  return findLoops(next).map((loop) =>
    createProblem("journey.loop_without_delay", ["nodes", loop[0]!], `the loop is ${shown(loop)}`),
  );
}

function shown(loop: readonly string[]): string {
  const names = loop.slice(0, 10).join(", ");
  return loop.length > 10 ? `${names} and ${loop.length - 10} more` : names;
}
