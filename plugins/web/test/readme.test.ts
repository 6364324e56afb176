import { readFileSync } from "node:fs";
import { createTestHost, readReadme, statusErrors } from "@wend/plugin/testing";
import web from "@wend/web";
import { expect, test } from "vitest";
import { findPushError } from "../src/push/push-errors.ts";
import { compileCode } from "./compile-code.ts";
import { greet } from "./readme-example.ts";
import { makeVapidPair } from "./vapid-pair.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, withPush, ...inputs] = readme.code("json").map((code) => JSON.parse(code));
const [example, page] = readme.code("ts");
const { manifest } = web;

test("the examples of the README are accepted", () => {
  expect(manifest.config.safeParse(config).error).toBeUndefined();
  // The private key of the example is nobody's, so that its public one is taken for another.
  const { vapidPublicKey, vapidPrivateKey } = makeVapidPair();
  expect(manifest.config.safeParse({ ...withPush, vapidPublicKey, vapidPrivateKey }).error).toBeUndefined();
  expect(inputs).toHaveLength(3);
  for (const [i, name] of (["inbox", "slot", "push"] as const).entries()) {
    expect([name, manifest.actions[name].input.safeParse(inputs[i]).error]).toEqual([name, undefined]);
  }
});

test("the code of the README is the one that is compiled, and fills an inbox", async () => {
  expect(example).toBe(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  expect(await greet(createTestHost(), config)).toMatchObject({ title: "Welcome", body: "Good to have you here." });
});

test("the code of a page and of its service worker compiles as a browser has it, and not when it is wrong", async () => {
  expect(await compileCode(page!, { name: "page.ts", lib: "dom" })).toBe("");
  const [worker] = readme.code("js");
  const asWorker = { name: "worker.js", lib: "webworker" } as const;
  expect(await compileCode(worker!, asWorker)).toBe("");
  expect(await compileCode(worker!.replace("event, clients", "clients, event"), asWorker)).toContain(
    "missing the following properties",
  );
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [
    ...Object.keys(manifest.config.shape),
    ...Object.values(manifest.actions).flatMap(({ input }) => Object.keys(input.shape)),
  ];
  expect(readme.missing(fields).filter((field) => !readme.text.includes(`"${field}"`))).toEqual([]);
});

test("the README explains what becomes of every status of a push service", () => {
  readme.explains(statusErrors((status) => findPushError({ status, headers: new Headers() }, 0)));
});
