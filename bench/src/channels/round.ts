import { restStorage } from "../world.ts";
import type { Reached } from "./provider-process.ts";
import type { Cohort, Sent } from "./sending.ts";
import type { Sides } from "./sides.ts";

interface Delivered extends Sent {
  readonly postgresCpuMs?: number;
}

/** What each way of sending took for as many deliveries. */
export interface Round {
  readonly client: Sent;
  readonly call: Sent;
  readonly delivery: Delivered;
}

/**
 * Each way once, in an order that turns from round to round. Throws unless each customer was reached by it, and once.
 */
export async function measureRound(sides: Sides, nth: number, count: number): Promise<Round> {
  const { client, wend } = sides;
  const ways = {
    client: (cohort: Cohort) => client.ask<Sent>("send", cohort),
    call: (cohort: Cohort) => wend.ask<Sent>("call", cohort),
    delivery: (cohort: Cohort) => deliver(sides, cohort),
  };
  const names = ["client", "call", "delivery"] as const;
  const round: { -readonly [Name in keyof Round]?: Sent } = {};
  for (let i = 0; i < names.length; i++) {
    const name = names[(nth + i) % names.length]!;
    round[name] = await ways[name]({ from: (nth * names.length + i) * count, count });
    await expectReached(sides, name, count);
  }
  return round as Round;
}

async function deliver({ ground, wend }: Sides, cohort: Cohort): Promise<Delivered> {
  const { postgres } = ground;
  await wend.ask("plan", cohort);
  await restStorage(ground);
  const before = await postgres?.readMs();
  const sent = await wend.ask<Sent>("deliver");
  return { ...sent, ...(postgres && { postgresCpuMs: (await postgres.readMs()) - before! }) };
}

async function expectReached({ provider }: Sides, name: string, count: number): Promise<void> {
  const { once, again } = await provider.ask<Reached>("takeReached");
  if (once !== count || again !== 0) {
    throw new Error(`of ${count} customers of the way ${name} ${once} were reached, ${again} of them again`);
  }
}
