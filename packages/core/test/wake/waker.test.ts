import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Wake } from "../../src/queue/queues.ts";
import { pacing } from "../../src/wake/pace.ts";
import type { WakerOptions } from "../../src/wake/waker.ts";
import { createWaker } from "../../src/wake/waker.ts";
import { createGate, until } from "../queue/until.ts";

interface Sink {
  readonly sent: (readonly Wake[])[];
  readonly dropped: number[];
  up: boolean;
  send: WakerOptions["send"];
}

function createSink(): Sink {
  const sink: Sink = {
    sent: [],
    dropped: [],
    up: true,
    send: async (wakes) => {
      sink.sent.push(wakes);
    },
  };
  return sink;
}

const wakerOf = (sink: Sink, paced = false) =>
  createWaker({
    send: (wakes) => sink.send(wakes),
    isUp: () => sink.up,
    pacing: paced ? pacing : undefined,
    onDropped: (count) => sink.dropped.push(count),
  });

describe("the waker", () => {
  test("sends what one turn of the loop brought in one request", async () => {
    const sink = createSink();
    const waker = wakerOf(sink);
    for (let shard = 0; shard < 16; shard++) waker.wake(1, [shard]);
    waker.wake(1, [3, 4]);
    await until(() => sink.sent.length > 0);
    expect(sink.sent.map((wakes) => wakes.length)).toEqual([16]);
  });

  test("sends a wake that came while a request was under way after it", async () => {
    const sink = createSink();
    const gate = createGate();
    sink.send = async (wakes) => {
      sink.sent.push(wakes);
      if (sink.sent.length === 1) await gate.opened;
    };
    const waker = wakerOf(sink);
    waker.wake(1, [0]);
    await until(() => sink.sent.length === 1);
    for (let i = 0; i < 1_000; i++) waker.wake(1, [0, 1]);
    await turn();
    await turn();
    expect(sink.sent).toHaveLength(1);
    gate.open();
    await until(() => sink.sent.length === 2);
    expect(sink.sent[1]).toEqual([
      { workspaceId: 1, shard: 0 },
      { workspaceId: 1, shard: 1 },
    ]);
  });

  test("drops everything while the queue is down, without a fault, and goes on afterwards", async () => {
    const sink = createSink();
    const waker = wakerOf(sink);
    sink.up = false;
    for (let i = 0; i < 1_000; i++) waker.wake(i, [0]);
    sink.up = true;
    waker.wake(9, [9]);
    await until(() => sink.sent.length > 0);
    expect(sink.sent.flat()).toEqual([{ workspaceId: 9, shard: 9 }]);
  });

  test("drops a request that fails, and sends the next", async () => {
    const sink = createSink();
    sink.send = async (wakes) => {
      if (sink.dropped.length === 0) throw new Error("connection lost");
      sink.sent.push(wakes);
    };
    const waker = wakerOf(sink);
    waker.wake(1, [0, 1, 2]);
    await until(() => sink.dropped.length === 1);
    waker.wake(1, [5]);
    await until(() => sink.sent.length === 1);
    expect(sink.dropped).toEqual([3]);
  });

  test("sends a paced wake when its time has come, without another call", async () => {
    const sink = createSink();
    const waker = wakerOf(sink, true);
    waker.wake(1, [0]);
    await until(() => sink.sent.length === 1);
    // 200 rows at once: the next wake waits.
    const startedAt = performance.now();
    waker.wake(1, new Array<number>(200).fill(0));
    await until(() => sink.sent.length === 2);
    expect(performance.now() - startedAt).toBeGreaterThan(300);
  });

  test("closing sends what still waits, and nothing after it", async () => {
    const sink = createSink();
    const waker = wakerOf(sink, true);
    waker.wake(1, [0]);
    await until(() => sink.sent.length === 1);
    waker.wake(1, new Array<number>(200).fill(0));
    await waker.close();
    expect(sink.sent).toHaveLength(2);
    waker.wake(1, [1]);
    await turn();
    await turn();
    expect(sink.sent).toHaveLength(2);
  });
});
