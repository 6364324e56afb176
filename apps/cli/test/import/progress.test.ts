import { describe, expect, it } from "vitest";
import { createProgress } from "../../src/import/progress.ts";

function show(isTTY: boolean) {
  let now = 0;
  const written: string[] = [];
  const out = { isTTY, write: (text: string) => written.push(text) };
  const progress = createProgress({ out, totalBytes: 1_000, now: () => now });
  return { written, progress, pass: (ms: number) => (now += ms) };
}

describe("the progress of an import", () => {
  it("is a bar with rate and time left on a terminal, cleared at the end", () => {
    const { written, progress, pass } = show(true);
    progress.update({ bytes: 0, rows: 0 });
    pass(2_000);
    progress.update({ bytes: 250, rows: 5_000 });
    pass(50);
    progress.update({ bytes: 260, rows: 5_100 });
    progress.done();
    expect(written).toEqual([
      `\r\x1b[2K[${"#".repeat(7)}${"-".repeat(21)}] 25%  5,000 rows  2,500/s  0:06 left`,
      "\r\x1b[2K",
    ]);
  });

  it("is a plain line now and then elsewhere", () => {
    const { written, progress, pass } = show(false);
    for (let step = 0; step <= 10; step++) {
      progress.update({ bytes: step * 100, rows: step * 10 });
      pass(1_000);
    }
    progress.done();
    expect(written).toEqual(["50%  50 rows  10/s  0:05 left\n", "100%  100 rows  10/s  0:00 left\n"]);
  });

  it("does not count what an earlier run had done", () => {
    const { written, progress, pass } = show(false);
    progress.update({ bytes: 600, rows: 0 });
    pass(5_000);
    progress.update({ bytes: 800, rows: 100 });
    expect(written).toEqual(["80%  100 rows  20/s  0:05 left\n"]);
  });
});
