import { isStorable, parseForeignJson } from "@wend/plugin";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ['"a\\u0000b"', "a\ufffdb"],
  ['"a\\ud83d"', "a\ufffd"],
  ['"\\uDE00\\uD83D"', "\ufffd\ufffd"],
  ['"\\ud83d\\ude00"', "😀"],
  ['"\\ud83d\\ud83d\\ude00"', "\ufffd😀"],
  ['"\\\\u0000"', "\\u0000"],
  ['"\\\\\\u0000"', "\\\ufffd"],
  ['{"\\u0000":"\\n\\u0041"}', { "\ufffd": "\nA" }],
])("what no store can keep is replaced: %s", (text, read) => {
  expect(parseForeignJson(text)).toEqual(read);
});

test("what can be kept is read as it is written", () => {
  const kept = fc.string({ unit: "binary" }).filter(isStorable);
  const property = fc.property(kept, kept, (key, value) => {
    expect(parseForeignJson(JSON.stringify([{ [`k${key}`]: value }]))).toEqual([{ [`k${key}`]: value }]);
  });
  fc.assert(property, { numRuns: 1_000 });
});

test("what is no JSON is a SyntaxError", () => {
  expect(() => parseForeignJson("{")).toThrow(SyntaxError);
});
