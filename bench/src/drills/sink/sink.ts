import type { Member } from "../process/member.ts";
import { startMember } from "../process/member.ts";
import type { Message, SinkCounts } from "./message.ts";
import type { SinkReady, SinkSetup } from "./sink-process.ts";

/** The outside world of a drill. */
export interface Sink {
  readonly url: string;
  messages(): Promise<readonly Message[]>;
  counts(): Promise<SinkCounts>;
  /** From now on one call in so many meets with each fault there is; 0: the trouble is over. */
  trouble(oneIn: number): Promise<void>;
  close(): Promise<void>;
}

export async function openSink(setup: SinkSetup): Promise<Sink> {
  const member: Member<SinkReady> = await startMember(new URL("./sink-process.ts", import.meta.url), setup);
  return {
    url: member.ready.url,
    messages: () => member.ask("messages"),
    counts: () => member.ask("counts"),
    trouble: (oneIn) => member.ask("trouble", oneIn),
    close: () => member.stop(),
  };
}
