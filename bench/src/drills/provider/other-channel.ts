import { setTimeout as sleep } from "node:timers/promises";
import { echo } from "../../latency/journey.ts";
import type { SendPlan, Sent } from "../../latency/sender-process.ts";
import type { Call } from "../../shared/recorder-plugin.ts";
import type { Member } from "../process/member.ts";
import { startMember } from "../process/member.ts";
import type { Stage } from "../stage/stage.ts";

/** A channel of another provider, which answers at once, beside the one in trouble. */
export interface OtherChannel {
  /** Sends events at this pace; resolves with how long each took until its message was handed over, in ms. */
  measure(name: string, pace: { readonly perSecond: number; readonly seconds: number }): Promise<number[]>;
  close(): Promise<void>;
}

const patienceMs = 60_000;

export async function openOtherChannel(stage: Stage): Promise<OtherChannel> {
  const { api } = stage.client;
  await api.connections.create.mutate({ key: "recorder", plugin: "recorder", config: {} });
  const { id } = await api.journeys.create.mutate({ key: "echo", definition: echo });
  await api.journeys.publish.mutate({ journey: id });
  const sender: Member = await startMember(new URL("../../latency/sender-process.ts", import.meta.url), undefined);
  const authorization = `Basic ${Buffer.from(`${stage.key}:`).toString("base64")}`;
  const port = Number(new URL(stage.api.ready.url).port);
  return {
    measure: async (name, pace) => {
      const sent = await sender.ask<Sent[]>("send", { port, authorization, sender: name, ...pace } satisfies SendPlan);
      const calls = await takeCalls(stage, sent);
      return sent.map(({ event, acceptedMs }) => calls.get(event)! - acceptedMs);
    },
    close: () => sender.stop(),
  };
}

async function takeCalls({ workers }: Stage, sent: readonly Sent[]): Promise<Map<string, number>> {
  const calls = new Map<string, number>();
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const taken = await Promise.all(workers.members().map((worker) => worker.ask<readonly Call[]>("takeCalls")));
    for (const { event, atMs } of taken.flat()) calls.set(event, atMs);
    if (sent.every(({ event }) => calls.has(event))) return calls;
    if (performance.now() > deadline) throw new Error(`${sent.length} events, but only ${calls.size} calls`);
    await sleep(100);
  }
}
