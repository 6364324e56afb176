import { customer, expected } from "./customers.ts";
import type { OutsideWorld } from "./outside-world.ts";

export interface Reckoning {
  /** Mails and calls that should have reached the outside world and did not. */
  readonly lost: number;
  /** Mails and calls that reached it and should not have: sent twice, or to the wrong one. */
  readonly surplus: number;
}

/** Compares what the outside world received with what the script demands; Wend's own tables are not asked. */
export function reckon(count: number, outside: OutsideWorld): Reckoning {
  let lost = 0;
  let surplus = 0;
  const compare = (wanted: number, got: number) => {
    lost += Math.max(0, wanted - got);
    surplus += Math.max(0, got - wanted);
  };
  for (let n = 0; n < count; n++) {
    const c = customer(n);
    const { mails, webhooks } = expected(c);
    const received = outside.mails.get(c.email) ?? [];
    for (const subject of new Set([...mails, ...received])) {
      compare(mails.filter((one) => one === subject).length, received.filter((one) => one === subject).length);
    }
    compare(webhooks, outside.calls.get(c.userId) ?? 0);
  }
  return { lost, surplus };
}
