import { WendError } from "@wend/plugin";
import type { EntryDecision, EntryInput } from "./entry-types.ts";

/** Whether the event starts a run of this version, and under which entry key. */
export function decideEntry(input: EntryInput): EntryDecision {
  throw new WendError("internal.unexpected", { detail: String(input) });
}
