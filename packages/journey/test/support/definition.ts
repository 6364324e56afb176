import type { JourneyDefinition, Node } from "../../src/index.ts";

/** A journey that is right: it waits a day and ends. Tests change what they are about. */
export function definitionOf(changes: Partial<JourneyDefinition> = {}): JourneyDefinition {
  return {
    name: "Sample",
    timeZone: "Europe/Berlin",
    triggers: [{ type: "event", event: "Signed Up" }],
    start: "pause",
    nodes: { pause: { type: "delay", for: "PT24H", next: "done" }, done: { type: "end", outcome: "finished" } },
    ...changes,
  };
}

/** A journey whose first node is this one, with an end for every edge it has. */
export function journeyOf(node: Node, more: { readonly [id: string]: Node } = {}): JourneyDefinition {
  const nodes: Record<string, Node> = { first: node, ...more };
  for (const target of Object.values(nodes).flatMap(targetsOf)) {
    nodes[target] ??= { type: "end", outcome: target };
  }
  return definitionOf({ start: "first", nodes });
}

function targetsOf(node: Node): string[] {
  return JSON.stringify(node, (key, value: unknown) => (key === "input" ? undefined : value))
    .matchAll(/"(?:next|else|failed|suppressed|unknown)":"([^"]+)"/g)
    .map((match) => match[1]!)
    .toArray();
}
