import type { Consumer } from "@wend/core";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { startWatchdog } from "../src/watchdog.ts";

const log = pino({ level: "silent" });

interface Fake extends Consumer {
  recycled: number;
}

/** A consumer in front of a queue with so many waiting jobs. */
function fakeConsumer(state: { waiting: number; active: number; works: boolean; healsOnRecycle?: boolean }): Fake {
  const fake: Fake = {
    recycled: 0,
    close: async () => {},
    lastProgressAt: () => (state.works ? performance.now() : 0),
    load: () => ({ active: state.active, concurrency: 2 }),
    waiting: async () => state.waiting,
    recycle: () => {
      fake.recycled += 1;
      if (state.healsOnRecycle) state.works = true;
    },
  };
  return fake;
}

async function watch(consumer: Fake): Promise<{ deaf: string[]; recycled: number }> {
  const deaf: string[] = [];
  const watchdog = startWatchdog({
    consumers: () => [["wakes", consumer]],
    log,
    onDeaf: (name) => deaf.push(name),
    deafMs: 30,
    lookMs: 5,
  });
  // Long enough for two times the patience.
  const until = performance.now() + 200;
  while (performance.now() < until && deaf.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  watchdog.stop();
  return { deaf: deaf.slice(0, 1), recycled: consumer.recycled };
}

describe("the watchdog", () => {
  test("leaves a consumer alone that claims", async () => {
    expect(await watch(fakeConsumer({ waiting: 5, active: 0, works: true }))).toEqual({ deaf: [], recycled: 0 });
  });

  test("leaves an idle consumer alone", async () => {
    expect(await watch(fakeConsumer({ waiting: 0, active: 0, works: false }))).toEqual({ deaf: [], recycled: 0 });
  });

  test("leaves a consumer alone whose hands are full", async () => {
    expect(await watch(fakeConsumer({ waiting: 5, active: 2, works: false }))).toEqual({ deaf: [], recycled: 0 });
  });

  test("opens the connection of a deaf one anew, which may be enough", async () => {
    const consumer = fakeConsumer({ waiting: 5, active: 0, works: false, healsOnRecycle: true });
    expect(await watch(consumer)).toEqual({ deaf: [], recycled: 1 });
  });

  test("gives up on one that stays deaf", async () => {
    const consumer = fakeConsumer({ waiting: 5, active: 0, works: false });
    expect(await watch(consumer)).toEqual({ deaf: ["wakes"], recycled: 1 });
  });
});
