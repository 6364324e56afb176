import { openLine } from "../shared/http-line.ts";
import { runChild } from "../shared/run-child.ts";
import { batchCall, trackCall } from "./events.ts";

export interface LoadPlan {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** Events of a request; 1 is a call of its own. */
  readonly batch: number;
  readonly seconds: number;
  /** Leads the message ids, so that none is sent twice. */
  readonly sender: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly events: number;
  readonly perSecond: number;
}

async function load({ connections, batch, seconds, sender, ...target }: LoadPlan): Promise<LoadResult> {
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(target)));
  const started = performance.now();
  const until = started + seconds * 1_000;
  let next = 0;
  let events = 0;
  await Promise.all(
    lines.map(async (line) => {
      while (performance.now() < until) {
        const from = next;
        next += batch;
        const body = batch === 1 ? trackCall(sender, from) : batchCall(sender, from, batch);
        const { status, text } = await line.post(body);
        if (status !== 200) throw new Error(`the server answered ${text}`);
        events += batch;
      }
      line.close();
    }),
  );
  return { requests: events / batch, events, perSecond: events / ((performance.now() - started) / 1_000) };
}

runChild(async () => ({ ready: undefined, answers: { load }, stop: async () => {} }));
