import { ingestLimits } from "../limits.ts";
import type { Fault } from "./fault.ts";
import { pointerOf } from "./pointer.ts";

/** A container that is open while a document is walked. */
export interface Level {
  readonly array: boolean;
  readonly start: number;
  /** The key or index of the value under way. */
  key: string | number;
  /** Whether the next string of an object is a key. */
  keyNext: boolean;
}

/** Takes down a fault of the value under way. */
export interface Report {
  (code: Fault["code"], detail: string): void;
  readonly faults: Fault[];
}

// One fault an item of a batch: its answer names no more, and one bad item must not hide another. Elsewhere as many
// as one answer lists, so that a body of nothing but faults costs no more than its size.
export function createReport(levels: readonly Level[]): Report {
  const faults: Fault[] = [];
  let lastItem: string | number | undefined;
  let outside = 0;
  const report = (code: Fault["code"], detail: string) => {
    if (levels.length > 1 && levels[0]!.key === "batch") {
      if (levels[1]!.key === lastItem) return;
      lastItem = levels[1]!.key;
    } else if (++outside > ingestLimits.faultsPerItem) {
      return;
    }
    faults.push({ code, pointer: pointerOf(levels.map((level) => level.key)), detail });
  };
  return Object.assign(report, { faults });
}
