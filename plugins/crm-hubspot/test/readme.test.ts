import { readFileSync } from "node:fs";
import hubspot from "@wend/crm-hubspot";
import { createTestHost, readReadme, statusErrors } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { errorCategories, ratePolicies } from "../src/error-categories.ts";
import { findHubspotError } from "../src/hubspot-error.ts";
import { startHubspot, TOKEN } from "./fake/start-hubspot.ts";
import { write } from "./readme-example.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, input] = readme.code("json").map((code) => JSON.parse(code));
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

test("the code of the README is the one that is compiled, and writes a contact", async () => {
  expect(readme.code("ts")).toContain(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  await using provider = await startHubspot();
  const { created } = await write(createTestHost(), { token: TOKEN, apiUrl: provider.url });
  expect([created, provider.keys.length]).toEqual([true, 1]);
});

test("the README explains every option, field, signal and policy", () => {
  const words = [
    ...Object.keys(hubspot.manifest.config.shape),
    ...Object.entries(actions).flatMap(([name, { input }]) => [name, ...Object.keys(input.shape)]),
    ...Object.entries(signals ?? {}).flatMap(([name, { data }]) => [name, ...Object.keys(data.shape)]),
    ...Object.keys(ratePolicies),
  ];
  expect(readme.missing(words)).toEqual([]);
});

test("the README explains every category and status, with its code and retry", () => {
  const byStatus = statusErrors((status) => findHubspotError({ status, headers: new Headers(), body: {} }, 0));
  readme.explains({ ...byStatus, ...errorCategories });
});
