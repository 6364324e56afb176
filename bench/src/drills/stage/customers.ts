import type { WendClient } from "@wend/client";

/** Customers of a drill are numbers; each signs up once. */
export const customerOf = (n: number): string => `customer-${n}`;

export const customersTo = (count: number): string[] => Array.from({ length: count }, (_, n) => customerOf(n));

/** The event that starts a customer's run. Its message id makes sending it again safe. */
const signUp = (n: number) => ({
  type: "track" as const,
  userId: customerOf(n),
  event: "Signed Up",
  messageId: `sign-up-${n}`,
  properties: { customer: customerOf(n) },
});

const mostItems = 100;

/** Signs up the customers from `from` to before `to`; resolves once all of it was acknowledged. */
export async function signUpAll(client: WendClient, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += mostItems) {
    const count = Math.min(mostItems, to - at);
    await client.batch(Array.from({ length: count }, (_, i) => signUp(at + i)));
  }
}

/** The customers of one of several equal parts. */
export const partOf = (total: number, { part, parts }: { part: number; parts: number }): [number, number] => [
  Math.round((total * part) / parts),
  Math.round((total * (part + 1)) / parts),
];
