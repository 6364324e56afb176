import { setTimeout as sleep } from "node:timers/promises";
import type { HttpLine } from "../shared/http-line.ts";
import { openLine } from "../shared/http-line.ts";
import { monotonicMs } from "../shared/recorder-plugin.ts";
import { runChild } from "../shared/run-child.ts";

export interface SendPlan {
  readonly port: number;
  readonly authorization: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Leads the names of the events. */
  readonly sender: string;
}

export interface Sent {
  readonly event: string;
  readonly sentMs: number;
  /** When the answer was there: the event is accepted. */
  readonly acceptedMs: number;
}

/** Customers that the events are about, in turn. */
const customers = 5_000;

// Events come when they come, each on a line of its own, whether or not the earlier ones were answered.
async function send({ perSecond, seconds, sender, ...target }: SendPlan): Promise<Sent[]> {
  const random = createRandom(7);
  const free: HttpLine[] = [];
  const open = () =>
    openLine({ port: target.port, path: "/v1/track", headers: { authorization: target.authorization } });
  for (let i = 0; i < 16; i++) free.push(await open());
  const underWay: Promise<Sent>[] = [];
  const one = async (n: number): Promise<Sent> => {
    const event = `${sender}-${n}`;
    const line = free.pop() ?? (await open());
    const sentMs = monotonicMs();
    const { status, text } = await line.post(opened(event, n));
    if (status !== 200) throw new Error(`the API answered ${text}`);
    free.push(line);
    return { event, sentMs, acceptedMs: monotonicMs() };
  };
  const started = performance.now();
  let at = 0;
  for (let n = 0; at < seconds * 1_000; n++) {
    // Independent senders: the gaps between their events are exponentially distributed.
    at += (-Math.log(1 - random()) * 1_000) / perSecond;
    const wait = started + at - performance.now();
    if (wait > 0) await sleep(wait);
    underWay.push(one(n));
  }
  const sent = await Promise.all(underWay);
  for (const line of free) line.close();
  return sent;
}

const opened = (event: string, n: number): string =>
  `{"userId":"customer-${n % customers}","event":"Opened","messageId":"${event}","properties":{"n":"${event}"}}`;

/** The same sequence in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

runChild(async () => ({ ready: undefined, answers: { send }, stop: async () => {} }));
