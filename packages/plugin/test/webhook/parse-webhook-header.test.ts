import { parseWebhookHeader } from "@wend/plugin";
import { expect, test } from "vitest";

const refused = expect.objectContaining({ code: "webhook.refused" });

test("a header that is there once is read, in any case of its name", () => {
  expect(parseWebhookHeader(new Headers({ "X-Signature": "t=1,v1=ab" }), "x-signature")).toBe("t=1,v1=ab");
});

test.each<[string, [string, string][]]>([
  ["missing", []],
  ["empty", [["x-signature", ""]]],
  ["blank", [["x-signature", "  "]]],
  [
    "there twice",
    [
      ["x-signature", "a"],
      ["X-Signature", "a"],
    ],
  ],
])("a header that is %s is refused, and the detail names it", (_what, fields) => {
  expect(() => parseWebhookHeader(new Headers(fields), "x-signature")).toThrow(refused);
  expect(() => parseWebhookHeader(new Headers(fields), "x-signature")).toThrow("x-signature");
});
