import { readFileSync } from "node:fs";
import web from "@wend/web";
import { expect, test } from "vitest";
import { makeVapidPair } from "./vapid-pair.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code]) => JSON.parse(code ?? ""));
const [config, withPush, ...inputs] = examples;
const { actions } = web.manifest;

test("the examples of the README are accepted", () => {
  expect(web.manifest.config.safeParse(config).error).toBeUndefined();
  // The private key of the example is nobody's, so that its public one is taken for another.
  const { vapidPublicKey, vapidPrivateKey } = makeVapidPair();
  expect(web.manifest.config.safeParse({ ...withPush, vapidPublicKey, vapidPrivateKey }).error).toBeUndefined();
  expect(inputs).toHaveLength(3);
  for (const [i, name] of (["inbox", "slot", "push"] as const).entries()) {
    expect([name, actions[name].input.safeParse(inputs[i]).error]).toEqual([name, undefined]);
  }
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [
    ...Object.keys(web.manifest.config.shape),
    ...Object.values(actions).flatMap(({ input }) => Object.keys(input.shape)),
  ];
  expect(fields.filter((field) => !readme.includes(`\`${field}\``) && !readme.includes(`"${field}"`))).toEqual([]);
});
