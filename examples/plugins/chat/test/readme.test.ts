import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import chat from "wend-plugin-chat";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [config, input] = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code]) => JSON.parse(code ?? ""));

test("the examples of the README are accepted", () => {
  expect(chat.manifest.config.safeParse(config).error).toBeUndefined();
  expect(chat.manifest.actions.post.input.safeParse(input).error).toBeUndefined();
});

test("the README explains every option of a connection", () => {
  const fields = Object.keys(chat.manifest.config.shape);
  expect(fields.filter((field) => !readme.includes(`\`${field}\``))).toEqual([]);
});

test("the test in the README is the one that proves the plugin", () => {
  const test = readFileSync(new URL("conformance.test.ts", import.meta.url), "utf8");
  expect(readme).toContain(test.trimEnd());
});
