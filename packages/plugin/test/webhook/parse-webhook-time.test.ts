import { parseWebhookTime } from "@wend/plugin";
import fc from "fast-check";
import { expect, test } from "vitest";

const refused = expect.objectContaining({ code: "webhook.refused" });

test("whole seconds and milliseconds are read", () => {
  expect(parseWebhookTime("1614265330", "seconds")).toBe(1_614_265_330_000);
  expect(parseWebhookTime("1614265330123", "milliseconds")).toBe(1_614_265_330_123);
  expect(parseWebhookTime("8640000000000", "seconds")).toBe(8.64e15);
});

test.each([
  "",
  " ",
  "0",
  "01",
  "-1",
  "+1",
  "1.5",
  "1e3",
  "0x10",
  "1 ",
  " 1",
  "1_000",
  "NaN",
  "Infinity",
  "１２",
  "1\n",
])("%j is refused", (text) => {
  expect(() => parseWebhookTime(text, "seconds")).toThrow(refused);
  expect(() => parseWebhookTime(text, "milliseconds")).toThrow(refused);
});

test("what no clock can show is refused", () => {
  expect(() => parseWebhookTime("8640000000001", "seconds")).toThrow(refused);
  expect(() => parseWebhookTime("8640000000000001", "milliseconds")).toThrow(refused);
  expect(() => parseWebhookTime("9".repeat(400), "milliseconds")).toThrow(refused);
});

test("any text is either refused or a time that a date can hold", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.nat().map(String)),
      fc.constantFrom("seconds", "milliseconds"),
      (text, unit) => {
        let at: number;
        try {
          at = parseWebhookTime(text, unit);
        } catch (error) {
          expect(error).toEqual(refused);
          return;
        }
        expect(new Date(at).getTime()).toBe(at);
      },
    ),
  );
});
