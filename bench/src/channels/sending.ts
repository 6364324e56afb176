import { setDefaultCACertificates } from "node:tls";
import type { Customer } from "./customer.ts";
import { customerOf } from "./customer.ts";

/** Customers by their numbers: each is sent to once in a run of the bench. */
export interface Cohort {
  readonly from: number;
  readonly count: number;
}

/** What sending to a cohort took in the process that did it. */
export interface Sent {
  readonly ms: number;
  readonly cpuMs: number;
}

export async function measure(send: () => Promise<unknown>): Promise<Sent> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await send();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1_000 };
}

/** The customers of a cohort, in groups of at most `size`. */
export function groupsOf({ from, count }: Cohort, size: number): readonly (readonly Customer[])[] {
  const customers = Array.from({ length: count }, (_, i) => customerOf(from + i));
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => customers.slice(i * size, (i + 1) * size));
}

/** Works through all of them, `lanes` at once. */
export async function inLanes<T>(all: readonly T[], lanes: number, one: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < all.length) await one(all[next++]!);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Trusts a certificate in all of this process, whoever opens the connection. */
export function trust(certificate: string | undefined): void {
  if (certificate !== undefined) setDefaultCACertificates([certificate]);
}
