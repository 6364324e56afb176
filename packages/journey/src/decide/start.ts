import type { CompiledVersion } from "../compile/types.ts";
import type { EventFact, RunState } from "./types.ts";

export interface StartInput {
  readonly version: CompiledVersion;
  readonly id: string;
  readonly profileId: string;
  readonly entryKey: string;
  readonly event: EventFact;
}

/** A run that has entered but visited nothing; the signal `entered` moves it on. */
export function startRun({ version, id, profileId, entryKey, event }: StartInput): RunState {
  return {
    id,
    journeyId: version.journeyId,
    version: version.version,
    profileId,
    entryKey,
    status: "active",
    nodeId: version.start.id,
    since: event.receivedAt,
    seq: 0,
    wakeAt: null,
    vars: {},
    startedAt: event.receivedAt,
    endedAt: null,
    endedBy: null,
    outcome: null,
    error: null,
  };
}
