import { isDeepStrictEqual } from "node:util";
import type { Fact } from "../fact.ts";

/** Facts of which no two have one id, and how many others were let go. */
export interface FirstFacts {
  readonly facts: readonly Fact[];
  /** Those that said something else than the one of their id that was kept: the plugin's fault, and lost. */
  readonly lost: number;
}

/** Keeps the first fact of each id. A provider repeats itself; refusing all for it would lose the others for ever. */
export function keepFirst(given: readonly Fact[]): FirstFacts {
  const first = new Map<string, Fact>();
  for (const fact of given) if (!first.has(fact.messageId)) first.set(fact.messageId, fact);
  const lost = given.filter((fact) => !isDeepStrictEqual(first.get(fact.messageId), fact)).length;
  return { facts: [...first.values()], lost };
}
