import type { Child } from "./child.ts";
import { cpuMsOf, openServerCpu } from "./cpu.ts";
import type { RedisCorner } from "./redis.ts";

export type Part = "api" | "worker" | "postgres" | "redis";

/** What Wend took so far, whoever in it. */
export interface Spent {
  readonly statements: number;
  readonly cpuMs: Readonly<Record<Part, number>>;
}

export interface Spending {
  read(): Promise<Spent>;
  close(): void;
}

export interface SpendingSetup {
  readonly api: Child<unknown>;
  readonly workers: readonly Child<unknown>[];
  readonly owner: Parameters<typeof openServerCpu>[0];
  readonly redis: RedisCorner | undefined;
}

/** Watches all processes that Wend runs in. They and both servers have to be on this machine. */
export async function openSpending({ api, workers, owner, redis }: SpendingSetup): Promise<Spending> {
  const database = await openServerCpu(owner);
  return {
    read: async () => ({
      statements: sum(await Promise.all([api, ...workers].map((child) => child.ask<number>("statements")))),
      cpuMs: {
        api: await cpuMsOf(api.pid),
        worker: sum(await Promise.all(workers.map(({ pid }) => cpuMsOf(pid)))),
        postgres: await database.readMs(),
        redis: (await redis?.cpuMs()) ?? 0,
      },
    }),
    close: () => database.close(),
  };
}

export interface SpentPerUnit extends Spent {
  /** Of all parts together. */
  readonly totalMs: number;
}

/** What one of `units` took between two readings. */
export function perUnit(before: Spent, after: Spent, units: number): SpentPerUnit {
  const of = (part: Part) => (after.cpuMs[part] - before.cpuMs[part]) / units;
  const cpuMs = { api: of("api"), worker: of("worker"), postgres: of("postgres"), redis: of("redis") };
  return {
    statements: (after.statements - before.statements) / units,
    cpuMs,
    totalMs: sum(Object.values(cpuMs)),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
