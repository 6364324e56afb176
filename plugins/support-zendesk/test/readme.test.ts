import { readFileSync } from "node:fs";
import supportZendesk from "@wend/support-zendesk";
import { expect, test } from "vitest";
import { errorRows } from "../src/errors.ts";
import { open } from "./open.ts";
import { webhookOf, webhookSecret } from "./webhook.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, code]) => JSON.parse(code ?? ""));
const [config, input, nodes, rating] = examples;
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
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test("the README has every row of the error table", () => {
  const lines = readme.split("\n").filter((line) => line.startsWith("|"));
  const missing = errorRows.flatMap(({ statuses, code }) =>
    statuses.filter((status) => !lines.some((line) => line.includes(String(status)) && line.includes(`\`${code}\``))),
  );
  expect(missing).toEqual([]);
});
