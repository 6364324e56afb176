import { median } from "../../report.ts";
import type { Message } from "../sink/message.ts";
import { customerOf } from "../stage/customers.ts";
import { pauseMs } from "./journey.ts";

/** How long after their time messages came. */
export interface Lag {
  /** The usual: the median of the customers who came before the first flush. */
  readonly usualMs: number;
  readonly worstMs: number;
}

export interface LagQuery {
  readonly messages: readonly Message[];
  /** When each customer's sign-up was acknowledged, by number. */
  readonly signedUpAt: readonly number[];
  /** Customers who came before the first flush. */
  readonly undisturbed: number;
}

export function measureLag({ messages, signedUpAt, undisturbed }: LagQuery): Lag {
  const times = new Map(signedUpAt.map((at, n) => [customerOf(n), { at, isUndisturbed: n < undisturbed }]));
  const usual: number[] = [];
  let worstMs = 0;
  for (const { customer, label, at } of messages) {
    const signedUp = times.get(customer)!;
    const lagMs = at - signedUp.at - (label === "second" ? pauseMs : 0);
    worstMs = Math.max(worstMs, lagMs);
    if (signedUp.isUndisturbed && label === "first") usual.push(lagMs);
  }
  return { usualMs: median(usual), worstMs };
}
