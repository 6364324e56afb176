import { readFileSync } from "node:fs";
import { createTestHost, readReadme, statusErrors } from "@wend/plugin/testing";
import smsTwilio from "@wend/sms-twilio";
import { expect, test } from "vitest";
import { deliveryErrors } from "../src/delivery-errors.ts";
import { sendErrors } from "../src/send-errors.ts";
import { findTwilioError } from "../src/twilio-error.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { text } from "./readme-example.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, input] = readme.code("json").map((code) => JSON.parse(code));
const { manifest } = smsTwilio;
const row = (...cells: string[]) => new RegExp(`^\\| ${cells.join(" +\\| ")} +\\|`, "m");

test("the examples of the README are accepted", () => {
  expect(manifest.config.safeParse(config).error).toBeUndefined();
  expect(manifest.actions.send.input.safeParse(input).error).toBeUndefined();
});

test("the code of the README is the one that is compiled, and sends a text", async () => {
  expect(readme.code("ts")).toContain(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  await using twilio = await startFakeTwilio();
  const sid = await text(createTestHost(), twilio);
  expect([...twilio.messages.keys()]).toEqual([sid]);
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [...Object.keys(manifest.config.shape), ...Object.keys(manifest.actions.send.input.shape)];
  expect(readme.missing(fields)).toEqual([]);
});

test("the README explains every error of a call, with its code and retry", () => {
  const codes = Object.entries(sendErrors).map(([twilio, { code }]) => [twilio, code] as const);
  const byStatus = statusErrors((status) => findTwilioError({ status, headers: new Headers(), answer: {} }, 0));
  readme.explains({ ...byStatus, ...Object.fromEntries(codes) });
});

test("the README's table has a row for every error of a report", () => {
  const words = { hard: "hard bounce", soft: "soft bounce", optedOut: "failed, and unsubscribed" };
  const missing = Object.entries(deliveryErrors).filter(
    ([twilio, fault]) => !row(twilio, "[^|]+?", words[fault]).test(readme.text),
  );
  expect(missing).toEqual([]);
});
