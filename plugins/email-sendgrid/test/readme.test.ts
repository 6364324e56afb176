import { readFileSync } from "node:fs";
import emailSendgrid from "@wend/email-sendgrid";
import { createTestHost, readReadme, statusErrors } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { dropReasons } from "../src/receive/drop-reasons.ts";
import { bounceClassifications } from "../src/receive/judge-bounce.ts";
import type { SendError } from "../src/send-errors.ts";
import { sendErrors } from "../src/send-errors.ts";
import { findSendgridError } from "../src/sendgrid-error.ts";
import { startSendgrid } from "./fake/start-sendgrid.ts";
import { signEvents, writeEvents } from "./fake/write-events.ts";
import { configOf, deliveryId, signal } from "./open.ts";
import { welcome } from "./readme-example.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, input] = readme.code("json").map((code) => JSON.parse(code));
const hasRow = (...cells: string[]) => {
  const escaped = cells.map((cell) => cell.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^\\| ${escaped.join(" +\\| ")} +\\|`, "m").test(readme.text);
};

/** As the table names it: the status, and what tells it from others of its status. */
function signOf({ status, field, says }: SendError): string {
  const named = field && (field.source.startsWith("^from") ? "from" : "personalizations.….to");
  return [status, named ?? says].filter(Boolean).join(" ");
}

test("the examples of the README are accepted", () => {
  expect(emailSendgrid.manifest.config.safeParse({ ...config, apiKey: "SG.key" }).error).toBeUndefined();
  expect(emailSendgrid.manifest.actions.send.input.safeParse(input).error).toBeUndefined();
});

test("the code of the README is the one that is compiled, sends a mail and takes its events", async () => {
  expect(readme.code("ts")).toContain(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  await using sendgrid = await startSendgrid();
  const host = createTestHost();
  const { messageId, receive } = await welcome(host, configOf(sendgrid));
  const mail = sendgrid.mails.get(messageId!)!;
  const body = writeEvents(sendgrid.fate(mail));
  const headers = new Headers(signEvents(body, { privateKey: sendgrid.webhook.privateKey, at: host.now() }));
  const url = host.links.webhookUrl;
  expect(await receive({ method: "POST", url, headers, body: Buffer.from(body), signal })).toMatchObject([
    { kind: "accepted", about: { deliveryId } },
    { kind: "delivered", about: { deliveryId } },
  ]);
});

test("the README explains every option of a connection, every field of an input and every signal", () => {
  const { config, actions, signals } = emailSendgrid.manifest;
  const words = [...Object.keys(config.shape), ...Object.keys(actions.send.input.shape), ...Object.keys(signals ?? {})];
  expect(readme.missing(words)).toEqual([]);
});

test("the README explains every error of a call, with its code and retry", () => {
  const byStatus = statusErrors((status) => findSendgridError({ status, headers: new Headers(), answer: {} }, 0));
  readme.explains({ ...byStatus, ...Object.fromEntries(sendErrors.map((error) => [signOf(error), error.code])) });
  expect(sendErrors.filter(({ means }) => !readme.text.includes(`| ${means.slice(0, -1)} `))).toEqual([]);
});

test("the README's tables have a row for every classification of a bounce and every reason of a drop", () => {
  const bounces = Object.entries(bounceClassifications).filter(([name, bounce]) => !hasRow(name, `${bounce} bounce`));
  const shown = {
    bounced: "hard bounce",
    complained: "failed, and the address complained",
    unsubscribed: "failed, and the address unsubscribed",
  };
  const drops = Object.entries(dropReasons).filter(([reason, shows]) => !hasRow(reason, shown[shows]));
  expect([...bounces, ...drops]).toEqual([]);
});
