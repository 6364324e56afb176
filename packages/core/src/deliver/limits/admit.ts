import type { DueDelivery } from "../claim/group-calls.ts";
import type { Allowance, Countable } from "./counter.ts";
import { createCounter } from "./counter.ts";

export interface LimitedDelivery extends DueDelivery, Countable {
  readonly purpose: string;
}

export interface Admission {
  readonly admitted: readonly LimitedDelivery[];
  /** Due as well, but beyond a limit. */
  readonly beyond: readonly LimitedDelivery[];
}

const ranks: Readonly<Record<string, number>> = { mandatory: 0, transactional: 1 };
const rankOf = ({ purpose }: LimitedDelivery): number => ranks[purpose] ?? 2;

/** Of those that are due, the ones that may go: what is mandatory first, then what is transactional, each in its order. */
export function admit(allowance: Allowance, due: readonly LimitedDelivery[]): Admission {
  const counter = createCounter(allowance);
  const admitted: LimitedDelivery[] = [];
  const beyond: LimitedDelivery[] = [];
  for (const delivery of due.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    if (counter.heldBy(delivery)) {
      beyond.push(delivery);
      continue;
    }
    counter.count(delivery);
    admitted.push(delivery);
  }
  return { admitted, beyond };
}
