/** What it takes to print a value or to compare it. */
export interface Weight {
  /** Characters, items and keys, each as often as it is reached. */
  readonly parts: number;
  /** Levels of nesting. */
  readonly depth: number;
}

/** Levels that a value may have; what ingest takes has at most 64. */
const maxDepth = 200;

/**
 * Weighs a value; `known` holds what was weighed already. A filter can put a list into a list twice, and that one twice
 * again: thirty lists that weigh a thousand million parts. Each is looked at once all the same.
 */
export function weigh(value: unknown, known: WeakMap<object, Weight>, level = 0): Weight {
  if (typeof value === "string") return { parts: value.length + 1, depth: 0 };
  if (typeof value !== "object" || value === null) return one;
  const found = known.get(value);
  if (found) return found;
  checkDepth(level);
  const weight = weighAll(value, known, level);
  checkDepth(weight.depth);
  known.set(value, weight);
  return weight;
}

function checkDepth(depth: number): void {
  if (depth > maxDepth) throw new Error("nesting limit exceeded");
}

const one: Weight = { parts: 1, depth: 0 };

function weighAll(value: object, known: WeakMap<object, Weight>, level: number): Weight {
  let parts = 1;
  let depth = 0;
  const add = (item: unknown) => {
    const weight = weigh(item, known, level + 1);
    parts += weight.parts;
    depth = Math.max(depth, weight.depth);
  };
  if (Array.isArray(value)) for (const item of value) add(item);
  else {
    for (const [key, item] of Object.entries(value)) {
      parts += key.length;
      add(item);
    }
  }
  return { parts, depth: depth + 1 };
}
