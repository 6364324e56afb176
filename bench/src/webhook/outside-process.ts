import type { HttpLine } from "../shared/http-line.ts";
import { openLine } from "../shared/http-line.ts";
import { runChild } from "../shared/run-child.ts";
import { openSink } from "../shared/sink.ts";

export interface LoadPlan {
  readonly port: number;
  readonly authorization: string;
  /** Users of one request; 1 is a track call of its own. */
  readonly batch: number;
  readonly connections: number;
  /** Users sent and not yet called back. */
  readonly window: number;
}

export interface Counts {
  readonly sent: number;
  readonly received: number;
  readonly repeated: number;
}

// The outside world: whoever signs up, and the endpoint that is told. In one process, so that it knows how many
// users are under way and can keep that number steady.
runChild<undefined, { port: number }>(async () => {
  let waiting: { readonly size: number; resolve(from: number | undefined): void }[] = [];
  let sent = 0;
  let window = 0;
  let running: Promise<unknown> = Promise.resolve();

  const letIn = (): void => {
    for (;;) {
      const [first] = waiting;
      if (!first || sent + first.size - sink.received() > window) return;
      waiting.shift();
      first.resolve(sent);
      sent += first.size;
    }
  };
  const sink = await openSink(letIn);
  const claim = (size: number): Promise<number | undefined> =>
    new Promise((resolve) => {
      if (window === 0) return resolve(undefined);
      waiting.push({ size, resolve });
      letIn();
    });
  const lane = async (line: HttpLine, batch: number): Promise<void> => {
    for (let from = await claim(batch); from !== undefined; from = await claim(batch)) {
      const { status, text } = await line.post(batch === 1 ? signUp(from) : signUps(from, batch));
      if (status !== 200) throw new Error(`the API answered ${text}`);
    }
    line.close();
  };
  const load = async ({ port, batch, connections, authorization, ...plan }: LoadPlan): Promise<void> => {
    const path = batch === 1 ? "/v1/track" : "/v1/batch";
    const lines = await Promise.all(
      Array.from({ length: connections }, () => openLine({ port, path, headers: { authorization } })),
    );
    window = plan.window;
    running = Promise.all(lines.map((line) => lane(line, batch)));
    running.catch(() => {});
  };
  const halt = async (): Promise<void> => {
    window = 0;
    for (const { resolve } of waiting) resolve(undefined);
    waiting = [];
    await running;
  };
  return {
    ready: { port: sink.port },
    answers: {
      load,
      halt,
      counts: (): Counts => ({ sent, received: sink.received(), repeated: sink.repeated() }),
    },
    stop: async () => {
      sink.close();
    },
  };
});

const signUp = (n: number): string =>
  `{"type":"track","userId":"customer-${n}","event":"Signed Up","messageId":"sign-up-${n}",` +
  `"timestamp":"2026-03-01T12:00:00.000Z",` +
  `"properties":{"customerId":"customer-${n}","plan":"${n % 4 === 0 ? "pro" : "free"}","seats":${1 + (n % 7)}},` +
  `"context":{"library":{"name":"analytics-node","version":"2.1.0"}}}`;

function signUps(from: number, size: number): string {
  const items = Array.from({ length: size }, (_, i) => signUp(from + i));
  return `{"batch":[${items.join(",")}],"sentAt":"2026-03-01T12:00:01.000Z"}`;
}
