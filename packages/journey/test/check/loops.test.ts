import fc from "fast-check";
import { expect, test } from "vitest";
import { findLoops } from "../../src/check/loops.ts";

const graph = (edges: { readonly [from: string]: readonly string[] }) => new Map(Object.entries(edges));

test("a chain has no loop", () => {
  expect(findLoops(graph({ a: ["b"], b: ["c"] }))).toEqual([]);
});

test("a node that leads to itself is a loop", () => {
  expect(findLoops(graph({ a: ["b"], b: ["b"] }))).toEqual([["b"]]);
});

test("each loop is told once, with all nodes that can come round", () => {
  expect(findLoops(graph({ a: ["b"], b: ["c", "d"], c: ["b"], d: ["e"], e: ["d"] }))).toEqual([
    ["b", "c"],
    ["d", "e"],
  ]);
});

test("two ways to the same node are no loop", () => {
  expect(findLoops(graph({ a: ["b", "c"], b: ["d"], c: ["d"] }))).toEqual([]);
});

test("a loop of twenty thousand nodes does not exhaust the stack", () => {
  const size = 20_000;
  const ring = new Map(Array.from({ length: size }, (_, i) => [`n${i}`, [`n${(i + 1) % size}`]]));
  expect(findLoops(ring).map((loop) => loop.length)).toEqual([size]);
});

const nodes = ["a", "b", "c", "d", "e", "f"];
const anyGraph = fc
  .array(fc.subarray(nodes), { minLength: nodes.length, maxLength: nodes.length })
  .map((targets) => new Map(nodes.map((node, index) => [node, targets[index]!])));

test("a node is in a loop exactly when it can be reached from itself", () => {
  fc.assert(
    fc.property(anyGraph, (next) => {
      const inLoop = new Set(findLoops(next).flat());
      for (const node of nodes) expect(inLoop.has(node)).toBe(reaches(next, node, node));
    }),
  );
});

function reaches(next: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [...next.get(from)!];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true;
    if (!seen.has(node)) open.push(...next.get(node)!);
    seen.add(node);
  }
  return false;
}
