import type { Receipt } from "@wend/plugin";
import { receiptSchema } from "@wend/plugin";
import { expect, test } from "vitest";

const said = { about: { providerId: "m-1" }, id: "evt-1", at: 1_000 };

test.each([
  ["reason", { kind: "failed" }, 500],
  ["url", { kind: "clicked" }, 2_000],
  ["text", { kind: "replied" }, 10_000],
])("a receipt's %s is cut, by whole characters, and not refused", (field, kind, most) => {
  const take = (text: string) => receiptSchema.parse({ ...said, ...kind, [field]: text })[field as keyof Receipt];
  expect(take("a".repeat(most + 1))).toBe("a".repeat(most));
  expect(take("👩".repeat(most))).toBe("👩".repeat(most));
  expect(take(`${"a".repeat(most - 1)}👩👩`)).toBe(`${"a".repeat(most - 1)}👩`);
  expect(take("")).toBe("");
});

test.each(["id", "providerId"])("an id that is too long is refused: %s", (field) => {
  const long = "x".repeat(501);
  const change = field === "id" ? { id: long } : { about: { providerId: long } };
  expect(receiptSchema.safeParse({ ...said, kind: "failed" }).success).toBe(true);
  expect(receiptSchema.safeParse({ ...said, kind: "failed", ...change }).success).toBe(false);
});
