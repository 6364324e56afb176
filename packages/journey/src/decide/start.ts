import type { CompiledVersion } from "../compile/types.ts";
import type { EventFact, RunState } from "./types.ts";

export interface StartInput {
  readonly version: CompiledVersion;
  readonly id: string;
  readonly profileId: string;
  readonly entryKey: string;
  readonly event: EventFact;
  /** When it enters: when the event came, unless a pause kept it. */
  readonly at?: number;
}

/** A run that has entered but visited nothing; the signal `entered` moves it on. */
export function startRun({ version, id, profileId, entryKey, event, at = event.receivedAt }: StartInput): RunState {
  return {
    id,
    journeyId: version.journeyId,
    version: version.version,
    profileId,
    entryKey,
    status: "active",
    nodeId: version.start.id,
    since: at,
    seq: 0,
    wakeAt: null,
    vars: {},
    visits: null,
    startedAt: at,
    endedAt: null,
    endedBy: null,
    outcome: null,
    error: null,
  };
}
