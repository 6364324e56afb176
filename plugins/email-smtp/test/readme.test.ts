import { readFileSync } from "node:fs";
import emailSmtp from "@wend/email-smtp";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [config, input] = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code]) => JSON.parse(code ?? ""));

test("the examples of the README are accepted", () => {
  expect(emailSmtp.manifest.config.safeParse(config).error).toBeUndefined();
  expect(emailSmtp.manifest.actions.send.input.safeParse(input).error).toBeUndefined();
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [
    ...Object.keys(emailSmtp.manifest.config.shape),
    ...Object.keys(emailSmtp.manifest.actions.send.input.shape),
  ];
  expect(fields.filter((field) => !readme.includes(`\`${field}\``))).toEqual([]);
});
