import type { ErrorCode } from "@wend/plugin";
import type { Fault } from "../edge/fault.ts";
import { safePointer } from "../edge/pointer.ts";

/** Where in the body the item under way stands, and what was found wrong with it. */
export interface Place {
  /** Position in the batch; undefined when the body is the item. */
  readonly index: number | undefined;
  readonly faults: Fault[];
}

export function addFault(place: Place, code: ErrorCode, fault: { at: readonly string[]; detail: string }): void {
  const path = place.index === undefined ? fault.at : ["batch", String(place.index), ...fault.at];
  place.faults.push({ code, pointer: safePointer(path), detail: fault.detail });
}
