import { expect } from "vitest";
import type { Result } from "../../src/report.ts";
import { missedBy } from "../../src/report.ts";

/** Prints the figures of a drill and demands of them what the command demands. */
export function demand(...results: Result[]): void {
  for (const { line } of results) console.log(JSON.stringify(line));
  expect(results.flatMap(missedBy)).toEqual([]);
}
