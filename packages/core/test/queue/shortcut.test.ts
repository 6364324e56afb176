import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createShortcut } from "../../src/queue/shortcut.ts";

const log = pino({ level: "silent" });

describe("deliveries dispatched where they are served", () => {
  it("are taken until eight parts are under way, and again when one has ended", async () => {
    const ends: (() => void)[] = [];
    const shortcut = createShortcut(() => new Promise<void>((resolve) => ends.push(resolve)), log);
    expect(Array.from({ length: 9 }, (_, i) => shortcut.offer([`${i}`]))).toEqual([...Array(8).fill(true), false]);
    ends[0]!();
    await expect.poll(() => shortcut.offer(["again"])).toBe(true);
  });

  it("are left to the clock when their handler throws", async () => {
    let calls = 0;
    const shortcut = createShortcut(async () => {
      calls += 1;
      throw new Error("broken");
    }, log);
    for (let i = 0; i < 20; i++) {
      expect(shortcut.offer(["one"])).toBe(true);
      await new Promise(setImmediate);
    }
    expect(calls).toBe(20);
  });

  it("are finished but not begun when it closes, and waited for no longer than the grace", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let aborted = false;
    const shortcut = createShortcut(async (_ids, signal) => {
      await promise;
      aborted = signal.aborted;
    }, log);
    shortcut.offer(["one"]);
    await shortcut.close(20);
    expect(shortcut.offer(["two"])).toBe(false);
    resolve();
    await shortcut.close(1_000);
    expect(aborted).toBe(true);
  });
});
