/** One printed result. Every line has `bench` or `drill`; ratios are ours divided by theirs. */
export type Line = Readonly<Record<string, string | number | boolean>>;

export interface Demand {
  readonly field: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What is printed, and what must hold of it. */
export interface Result {
  readonly line: Line;
  readonly demands: readonly Demand[];
}

const missed: string[] = [];

/** Prints a result as one JSON line and remembers which demands it misses. */
export function report(line: Line, demands: readonly Demand[] = []): void {
  console.log(JSON.stringify(line));
  missed.push(...missedBy({ line, demands }));
}

/** The demands that a result misses, in words. */
export function missedBy({ line, demands }: Result): string[] {
  return demands.flatMap(({ field, atLeast, atMost }) => {
    const value = Number(line[field]);
    const name = `${String(line["bench"] ?? line["drill"])}.${field}`;
    if (atLeast !== undefined && !(value >= atLeast)) return [`${name} is ${value}, must be at least ${atLeast}`];
    if (atMost !== undefined && !(value <= atMost)) return [`${name} is ${value}, must be at most ${atMost}`];
    return [];
  });
}

/** Says on stderr which demands were missed; the exit code follows it. */
export function verdict(): number {
  for (const line of missed) console.error(`missed: ${line}`);
  return missed.length === 0 ? 0 : 1;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

export const secondsSince = (startedAt: number): number => Math.round((performance.now() - startedAt) / 1_000);

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
