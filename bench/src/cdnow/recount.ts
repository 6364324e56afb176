import { readFile } from "node:fs/promises";
import type { Figures } from "./figures.ts";

const sixtyDays = 60 * 24 * 60 * 60;

/**
 * The figures as they follow from the file itself, without Wend: no mapping, no journey, no state that is carried
 * along. Every order opens a run. The gap to the customer's next order decides how it ends, and the order's own
 * rank which mail a long gap, or the last order, is answered with.
 */
export async function recount(file: string): Promise<Figures> {
  const lines = (await readFile(file, "latin1"))
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "");
  const seconds = lines.map(secondsOf(lines));
  const orders = lines.map((line, index) => ({ customer: line.slice(1, 6), at: seconds[index]! }));
  orders.sort((a, b) => a.customer.localeCompare(b.customer) || a.at - b.at);
  const isNext = (index: number) => orders[index + 1]?.customer === orders[index]!.customer;
  const gaps = orders.map(({ at }, index) => (isNext(index) ? orders[index + 1]!.at - at : Number.POSITIVE_INFINITY));
  const isFirst = (index: number) => index === 0 || orders[index - 1]!.customer !== orders[index]!.customer;
  const long = gaps.flatMap((gap, index) => (gap > sixtyDays ? [index] : []));
  return {
    profiles: new Set(orders.map(({ customer }) => customer)).size,
    events: orders.length,
    runs: orders.length,
    reordered: orders.length - long.length,
    winback: long.filter((index) => !isFirst(index)).length,
    secondOrder: long.filter(isFirst).length,
  };
}

// Columns by position: ` 00001 19970101  1   11.77`. A line's second is its rank among those of its customer and date.
function secondsOf(lines: readonly string[]): (line: string) => number {
  const days = lines.map((line) => line.slice(1, 15));
  const rank = new Map<string, number>(days.map((day) => [day, 0]));
  return (line) => {
    const day = line.slice(1, 15);
    rank.set(day, rank.get(day)! + 1);
    const [year, month, date] = [line.slice(7, 11), line.slice(11, 13), line.slice(13, 15)].map(Number);
    return Date.UTC(year!, month! - 1, date) / 1_000 + rank.get(day)!;
  };
}
