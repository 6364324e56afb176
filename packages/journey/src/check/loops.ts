/**
 * The strongly connected parts of a graph that hold a loop, each as its nodes in the order of the graph (Kosaraju).
 * Iterative: a chain of any length cannot exhaust the stack.
 */
export function findLoops(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const backwards = reverse(next);
  const seen = new Set<string>();
  const parts: string[][] = [];
  for (const id of finishOrder(next).reverse()) {
    const part = collect(id, backwards, seen);
    if (part.length > 1 || next.get(id)?.includes(id) === true) parts.push(part);
  }
  const order = new Map([...next.keys()].map((id, index) => [id, index]));
  const byOrder = (a: string, b: string) => order.get(a)! - order.get(b)!;
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.sort(byOrder))
    .sort((a, b) => byOrder(a[0]!, b[0]!));
}

function reverse(next: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const backwards = new Map<string, string[]>();
  for (const [from, targets] of next) {
    for (const to of targets) {
      const known = backwards.get(to);
      if (known === undefined) backwards.set(to, [from]);
      else known.push(from);
    }
  }
  return backwards;
}

/** Depth first; a node comes after all that can be reached from it. */
function finishOrder(next: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const root of next.keys()) {
    const open: { id: string; done: boolean }[] = [{ id: root, done: false }];
    for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
      if (visit.done) order.push(visit.id);
      else if (!seen.has(visit.id)) {
        seen.add(visit.id);
        open.push({ id: visit.id, done: true });
        for (const id of next.get(visit.id) ?? []) open.push({ id, done: false });
      }
    }
  }
  return order;
}

/** All nodes not seen yet from which the root can be reached; empty when the root was seen. */
function collect(root: string, backwards: ReadonlyMap<string, readonly string[]>, seen: Set<string>): string[] {
  const part: string[] = [];
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    part.push(id);
    for (const before of backwards.get(id) ?? []) open.push(before);
  }
  return part;
}
