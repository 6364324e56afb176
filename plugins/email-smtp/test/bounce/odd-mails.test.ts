import { isStorable, receiptSchema } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readBounce } from "../../src/bounce/read-bounce.ts";
import { config as configSchema } from "../../src/config.ts";
import { arf, dsn } from "../reports.ts";

const config = configSchema.parse({ host: "localhost", port: 25, from: "shop@example.com" });
const reader = { config, host: createTestHost(), sign: () => undefined };
const read = async (raw: string) => (await readBounce(reader, Buffer.from(raw))).receipts;

// Whatever stands in a mail, for anybody can send one.
const words = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.tuple(fc.nat(250), fc.nat(9)).map(([n, m]) => `${"x".repeat(n)}\0${"💥".repeat(100 + m)}`),
);

test("whatever a report says, it is heard as what can be stored, or not at all", async () => {
  const property = fc.asyncProperty(words, words, words, async (diagnostic, recipient, id) => {
    const heard = await Promise.all(
      [dsn({ diagnostic }), dsn({ recipient }), arf({ recipient }), dsn({ id })].map(read),
    );
    for (const receipt of heard.flat()) {
      expect(receiptSchema.safeParse(receipt).error).toBeUndefined();
      expect(isStorable(JSON.parse(JSON.stringify(receipt.reason)))).toBe(true);
    }
    expect(heard[0]).toHaveLength(1);
  });
  await fc.assert(property, { numRuns: 200 });
});

test.each([
  ["longer than any", `${"a".repeat(600)}@example.com`],
  ["of two", "a@b@example.com"],
  ["without a domain", "ada@localhost"],
])("an address %s was never written to", async (_, recipient) => {
  expect(await read(dsn({ recipient }))).toEqual([]);
});
