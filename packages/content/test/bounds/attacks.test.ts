import { describe, expect, it } from "vitest";
import { checkInput, renderInput } from "../../src/index.ts";
import { attacks, harmless, inputs } from "./attacks.ts";

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

  it.each(inputs)("refuses $what in time, and says where", ({ input, kinds, refusal }) => {
    const { error, ms } = timed(() => renderInput(input, kinds, {}));
    expect(ms).toBeLessThan(maxMs);
    expect(error?.code).toBe("content.invalid_template");
    expect(error?.detail).toMatch(refusal);
  });

  it.each(inputs)("finds $what beforehand, in time as well", ({ input, kinds, refusal }) => {
    const { said, ms } = timed(() => checkInput(input, kinds));
    expect(ms).toBeLessThan(maxMs);
    expect(said).toContainEqual(expect.objectContaining({ message: expect.stringMatching(refusal) }));
  });

  it("renders as many tags as an input may have in time", () => {
    const [text, html] = ["a", "b"].map((name) => `{{ ${name} }}`.repeat(2_500));
    const { said, ms } = timed(() => renderInput({ text, html }, { text: "text", html: "html" }, { a: 1, b: 2 }));
    expect(said).toEqual({ text: "1".repeat(2_500), html: "2".repeat(2_500) });
    expect(ms).toBeLessThan(maxMs);
  });

  it.each([["a text", "s ".repeat(450_000)] as const, ["a list", Array<number>(900_000).fill(1)] as const])(
    "refuses to shuffle %s that is long, in time",
    (_what, long) => {
      const { error, ms } = timed(() =>
        renderInput({ text: "{{ vars.long | sample: 10000 | size }}" }, { text: "text" }, { vars: { long } }),
      );
      expect(ms).toBeLessThan(maxMs);
      expect(error?.detail).toBe("work limit exceeded, line:1, col:1");
    },
  );

  it.each(harmless)("renders %s in time", (_what, template) => {
    const { error, ms } = timed(() => renderInput({ text: template }, { text: "text" }, {}));
    expect(error).toBeUndefined();
    expect(ms).toBeLessThan(maxMs);
  });
});
