import { isStorable, storableText } from "@wend/plugin";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ["short", 10, "short"],
  ["exactly", 7, "exactly"],
  ["longer", 4, "long"],
  ["x😀", 2, "x"],
  ["x😀", 3, "x😀"],
  ["a\0b", 10, "a\ufffdb"],
  ["\ud83d", 10, "\ufffd"],
  ["😀", 1, ""],
])("%j in %i characters is %j", (text, most, kept) => {
  expect(storableText(text, most)).toBe(kept);
});

test("whatever comes, what is kept can be stored and is no longer than allowed", () => {
  const anything = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
  fc.assert(
    fc.property(anything, fc.nat({ max: 20 }), (text, most) => {
      const kept = storableText(text, most);
      expect(isStorable(kept)).toBe(true);
      expect(kept.length).toBeLessThanOrEqual(most);
      if (isStorable(text) && text.length <= most) expect(kept).toBe(text);
    }),
  );
});
