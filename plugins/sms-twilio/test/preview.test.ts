import fc from "fast-check";
import { SegmentedMessage } from "sms-segments-calculator";
import { describe, expect, test } from "vitest";
import { preview } from "../src/preview.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { configOf, open } from "./open.ts";

test.each([
  ["", "GSM-7", 1, 0],
  ["a".repeat(160), "GSM-7", 1, 140],
  ["a".repeat(161), "GSM-7", 2, 140 + 14],
  ["a".repeat(306), "GSM-7", 2, 280],
  ["a".repeat(307), "GSM-7", 3, 280 + 7],
  ["€".repeat(80), "GSM-7", 1, 140],
  ["€".repeat(81), "GSM-7", 2, 140 + 15],
  [`${"a".repeat(152)}€${"a".repeat(8)}`, "GSM-7", 2, 140 + 15],
  ["ä".repeat(160), "GSM-7", 1, 140],
  ["ç", "UCS-2", 1, 2],
  ["ł".repeat(70), "UCS-2", 1, 140],
  ["ł".repeat(71), "UCS-2", 2, 140 + 14],
  ["ł".repeat(134), "UCS-2", 2, 280],
  ["ł".repeat(135), "UCS-2", 3, 280 + 8],
  ["👋".repeat(35), "UCS-2", 1, 140],
  ["👋".repeat(36), "UCS-2", 2, 138 + 18],
  // 33 pairs are 66 units: the 34th would be cut, so it begins the next segment.
  ["👋".repeat(67), "UCS-2", 3, 138 + 138 + 10],
])("%j is %s, %i segments of %i bytes in all", (text, ...said) => {
  const { encoding, parts, bytes } = preview(text);
  expect([encoding, parts, bytes]).toEqual(said);
});

test("an extension character is never cut in two: it begins the next segment", () => {
  expect(preview(`${"€".repeat(76)}a${"€".repeat(76)}`).parts).toBe(2);
  expect(preview("€".repeat(77) + "€".repeat(76)).parts).toBe(3);
});

describe("Twilio's own calculator agrees", () => {
  const basic = [..."@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCÄÖÑÜ§¿abcäöñüà\n"];
  const extension = [..."^{}\\[~]|€"];
  const foreign = [..."çłџ中ê👋🙂“”—"];
  const textOf = (characters: string[]) =>
    fc.array(fc.constantFrom(...characters), { maxLength: 500 }).map((all) => all.join(""));

  test.each([
    ["GSM-7", [...basic, ...extension]],
    ["GSM-7 of extension characters", [...extension, "a"]],
    ["UCS-2", [...basic, ...foreign]],
    ["UCS-2 of pairs", ["👋", "a"]],
  ])("about %s", (_, characters) => {
    fc.assert(
      fc.property(textOf(characters), (text) => {
        const judged = new SegmentedMessage(text, "auto", false);
        const ours = preview(text);
        if (text !== "") expect(ours.parts).toBe(judged.segmentsCount);
        expect(ours.encoding).toBe(judged.getEncodingName());
      }),
      { numRuns: 300 },
    );
  });
});

test("notes name what forces UCS-2, each once, and what it costs", () => {
  const text = `Zażółć“ ${"a".repeat(100)}ż`;
  expect(preview(text).notes).toEqual([
    "Not in GSM-7: ż (U+017C), ó (U+00F3), ł (U+0142), ć (U+0107), “ (U+201C). The text goes as UCS-2, 70 characters a segment instead of 160.",
    "Without them it would take 1 of 2 segments.",
  ]);
});

test("what cannot be seen is named by its number alone, and many are counted", () => {
  expect(preview("a\u200bb").notes[0]).toContain("Not in GSM-7: U+200B.");
  expect(preview("абвгдежзийкл").notes[0]).toContain("and 2 more");
});

test("a text in GSM-7 has no notes, one that Twilio refuses has", () => {
  expect(preview("Hello").notes).toEqual([]);
  expect(preview("a".repeat(1_601)).notes).toEqual(["Twilio refuses more than 1,600 characters; these are 1601."]);
});

test("a preview asks nobody", async () => {
  await using twilio = await startFakeTwilio();
  const { connection } = await open(configOf(twilio), { fetch: () => Promise.reject(new Error("asked")) });
  const asked = { action: "send", input: { text: "Hello" }, address: undefined };
  expect(await connection.preview!(asked, new AbortController().signal)).toMatchObject({ parts: 1, encoding: "GSM-7" });
});
