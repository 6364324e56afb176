import { readFileSync } from "node:fs";
import smsTwilio from "@wend/sms-twilio";
import { expect, test } from "vitest";
import { deliveryErrors } from "../src/delivery-errors.ts";
import { sendErrors } from "../src/send-errors.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [config, input] = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code]) => JSON.parse(code ?? ""));
const row = (...cells: string[]) => new RegExp(`^\\| ${cells.join(" +\\| ")} +\\|`, "m");

test("the examples of the README are accepted", () => {
  expect(smsTwilio.manifest.config.safeParse(config).error).toBeUndefined();
  expect(smsTwilio.manifest.actions.send.input.safeParse(input).error).toBeUndefined();
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [
    ...Object.keys(smsTwilio.manifest.config.shape),
    ...Object.keys(smsTwilio.manifest.actions.send.input.shape),
  ];
  expect(fields.filter((field) => !readme.includes(`\`${field}\``))).toEqual([]);
});

test("the README's table has a row for every error of a call, with its code and retry", () => {
  const retries: Record<string, string> = {
    "provider.rejected": "never",
    "address.invalid": "never",
    "provider.unauthorized": "up to a week",
    "provider.rate_limited": "when Twilio says",
    "provider.unavailable": "growing pauses",
    "provider.unknown_outcome": "as `onUnknown` says",
  };
  const missing = Object.entries(sendErrors).filter(
    ([twilio, { code }]) => !row(twilio, "[^|]+?", `\`${code}\``, retries[code]!).test(readme),
  );
  expect(missing).toEqual([]);
});

test("the README's table has a row for every error of a report", () => {
  const words = { hard: "hard bounce", soft: "soft bounce", optedOut: "failed, and unsubscribed" };
  const missing = Object.entries(deliveryErrors).filter(
    ([twilio, fault]) => !row(twilio, "[^|]+?", words[fault]).test(readme),
  );
  expect(missing).toEqual([]);
});
