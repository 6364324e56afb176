import { setTimeout as sleep } from "node:timers/promises";
import type { WendClient } from "@wend/client";
import type { SinkName } from "../sink/message.ts";

/** Customers of a drill are numbers; each signs up once. */
export const customerOf = (n: number): string => `customer-${n}`;

export const customersTo = (count: number): string[] => Array.from({ length: count }, (_, n) => customerOf(n));

export const sinkNames: readonly SinkName[] = ["keyed", "lookup", "blind"];

/** Which sink a customer is for, in drills where each has only one. */
export const sinkOf = (n: number): SinkName => sinkNames[n % sinkNames.length]!;

/** The event that starts a customer's run. Its message id makes sending it again safe. */
const signUp = (n: number) => ({
  type: "track" as const,
  userId: customerOf(n),
  event: "Signed Up",
  messageId: `sign-up-${n}`,
  properties: { customer: customerOf(n), sink: sinkOf(n) },
});

const mostItems = 100;

/** Signs up the customers from `from` to before `to`; resolves once all of it was acknowledged. */
export async function signUpAll(client: WendClient, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += mostItems) {
    const count = Math.min(mostItems, to - at);
    await client.batch(Array.from({ length: count }, (_, i) => signUp(at + i)));
  }
}

export interface Pace {
  readonly from: number;
  readonly to: number;
  readonly perSecond: number;
}

const paceItems = 20;

/** The same at an even pace. */
export async function signUpEvenly(client: WendClient, { from, to, perSecond }: Pace): Promise<void> {
  const start = performance.now();
  for (let at = from; at < to; at += paceItems) {
    const next = Math.min(to, at + paceItems);
    await signUpAll(client, at, next);
    await sleep(Math.max(0, start + ((next - from) / perSecond) * 1_000 - performance.now()));
  }
}

/** The customers of one of several equal parts. */
export const partOf = (total: number, { part, parts }: { part: number; parts: number }): [number, number] => [
  Math.round((total * part) / parts),
  Math.round((total * (part + 1)) / parts),
];
