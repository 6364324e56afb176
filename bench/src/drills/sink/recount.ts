import type { Message } from "./message.ts";

/** What the sinks hold, set against what they should hold. */
export interface Recount {
  /** Customers whom no such message reached. */
  readonly missing: readonly string[];
  /** Messages beyond the one that each customer should have. */
  readonly dup: number;
}

/** One message to each customer is right. */
export function recount(messages: readonly Message[], customers: readonly string[]): Recount {
  const received = new Map<string, number>();
  for (const { customer } of messages) received.set(customer, (received.get(customer) ?? 0) + 1);
  return {
    missing: customers.filter((customer) => !received.has(customer)),
    dup: messages.length - received.size,
  };
}
