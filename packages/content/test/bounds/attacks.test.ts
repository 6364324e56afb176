import { describe, expect, it } from "vitest";
import { renderInput } from "../../src/index.ts";
import { attacks, harmless } from "./attacks.ts";

/** What nobody may wait longer for: everything else in the process stands still meanwhile. */
const maxMs = 1_000;

const timed = (work: () => unknown) => {
  const started = performance.now();
  try {
    return { said: work(), error: undefined, ms: performance.now() - started };
  } catch (error) {
    return { said: undefined, error: error as { code: string; detail: string }, ms: performance.now() - started };
  }
};

describe("templates written to stop the process", () => {
  it.each(attacks)("refuses %s in time, and says where", (_what, template, refusal) => {
    const { error, ms } = timed(() => renderInput({ text: template }, { text: "text" }, {}));
    expect(ms).toBeLessThan(maxMs);
    expect(error?.detail).toMatch(refusal);
    expect(error?.detail).toMatch(/, line:\d+, col:\d+$/);
  });

  it.each(attacks)("refuses %s in a field of json as well", (_what, template, refusal) => {
    const { error, ms } = timed(() => renderInput({ body: [template] }, { body: "json" }, {}));
    expect(ms).toBeLessThan(maxMs);
    expect(error?.detail).toMatch(refusal);
    expect(error?.detail).toMatch(/, line:\d+, col:\d+$/);
  });

  it.each(harmless)("renders %s in time", (_what, template) => {
    const { error, ms } = timed(() => renderInput({ text: template }, { text: "text" }, {}));
    expect(error).toBeUndefined();
    expect(ms).toBeLessThan(maxMs);
  });
});
