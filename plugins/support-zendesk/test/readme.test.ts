import { readFileSync } from "node:fs";
import { createTestHost, readReadme, statusErrors } from "@wend/plugin/testing";
import supportZendesk from "@wend/support-zendesk";
import { expect, test } from "vitest";
import { errorRows, toZendeskError } from "../src/errors.ts";
import { startZendesk } from "./fake/start-zendesk.ts";
import { credentials, open } from "./open.ts";
import { help } from "./readme-example.ts";
import { webhookOf, webhookSecret } from "./webhook.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, input, nodes, rating] = readme.code("json").map((code) => JSON.parse(code));
const { manifest } = supportZendesk;

test("the examples of the README are accepted", () => {
  expect(manifest.config.safeParse(config).error).toBeUndefined();
  expect(manifest.actions.openTicket.input.safeParse(input).error).toBeUndefined();
});

test("the nodes of the README ask for what there is", () => {
  const inputs = Object.values(nodes as Record<string, { action?: keyof typeof manifest.actions; input?: object }>);
  for (const { action, input } of inputs.filter(({ action }) => action !== undefined)) {
    expect(manifest.actions[action!].input.safeParse(input).error).toBeUndefined();
  }
});

test("the code of the README is the one that is compiled, and opens a ticket", async () => {
  expect(readme.code("ts")).toContain(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  await using zendesk = await startZendesk();
  const { ticket } = await help(createTestHost(), { url: zendesk.url, ...credentials });
  expect(zendesk.state.tickets.map(({ id, subject }) => [String(id), subject])).toEqual([[ticket, "Broken"]]);
});

test("the body that the README gives to a trigger is read", async () => {
  const { connection } = await open({ url: "http://127.0.0.1:9" }, { config: { triggerSecret: webhookSecret } });
  const rendered = { ...rating, requester_external_id: "u-1", score: "Good" };
  const { signals } = await connection.receive!(webhookOf(rendered));
  expect(signals).toMatchObject([
    { name: "Satisfaction Rated", about: { userId: "u-1" }, data: { ticket: "{{ticket.id}}", score: "good" } },
  ]);
});

test("the README explains every option, action, field of an input and signal", () => {
  const names = [
    ...Object.keys(manifest.config.shape),
    ...Object.entries(manifest.actions).flatMap(([name, action]) => [name, ...Object.keys(action.input.shape)]),
    ...Object.entries(manifest.signals ?? {}).flatMap(([name, { data }]) => [name, ...Object.keys(data.shape)]),
  ];
  expect(readme.missing(names)).toEqual([]);
});

test("the README explains every status and every error of its own, with its code and retry", () => {
  const byStatus = statusErrors((status) => toZendeskError({ status, headers: new Headers(), body: {} }, 0));
  const own = errorRows.filter(({ error }) => error !== undefined).map(({ error, code }) => [error, code]);
  readme.explains({ ...byStatus, ...Object.fromEntries(own) });
});
