import { readFileSync } from "node:fs";
import hubspot from "@wend/crm-hubspot";
import { expect, test } from "vitest";
import { errorCategories, errorStatuses, ratePolicies } from "../src/error-categories.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [config, input] = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code]) => JSON.parse(code ?? ""));
const { actions, signals } = hubspot.manifest;

/** What a journey's templates give for this profile and event. */
function rendered(authored: Record<string, string>): Record<string, string> {
  const values: Record<string, string> = {
    "profile.hubspot_owner_id": "77",
    "event.call_by": "2026-03-01T09:00:00Z",
    "event.ends_on": "1 March",
  };
  const render = (text: string) => text.replace(/\{\{ (\S+) \}\}/g, (_, name: string) => values[name] ?? "Ada");
  return Object.fromEntries(Object.entries(authored).map(([field, text]) => [field, render(text)]));
}

test("the examples of the README are accepted", () => {
  expect(hubspot.manifest.config.safeParse({ ...config, token: "pat-eu1-1" }).error).toBeUndefined();
  expect(actions.createTask.input.safeParse(rendered(input)).error).toBeUndefined();
});

test("the README explains every option, field, signal, category, status and policy", () => {
  const words = [
    ...Object.keys(hubspot.manifest.config.shape),
    ...Object.entries(actions).flatMap(([name, { input }]) => [name, ...Object.keys(input.shape)]),
    ...Object.entries(signals ?? {}).flatMap(([name, { data }]) => [name, ...Object.keys(data.shape)]),
    ...Object.keys(errorCategories),
    ...Object.keys(ratePolicies),
  ];
  expect(words.filter((word) => !readme.includes(`\`${word}\``))).toEqual([]);
  expect(Object.keys(errorStatuses).filter((status) => !readme.includes(`| ${status}: `))).toEqual([]);
});
