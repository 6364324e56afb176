import { readFileSync } from "node:fs";
import { createTestHost, readReadme, statusErrors } from "@wend/plugin/testing";
import webhook from "@wend/webhook";
import { expect, test } from "vitest";
import { findPostError } from "../src/post-error.ts";
import { open } from "./open.ts";
import { tell } from "./readme-example.ts";
import { startReceiver } from "./receiver.ts";
import { reports } from "./reports.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, input, report] = readme.code("json").map((code) => JSON.parse(code));
const { manifest } = webhook;

test("the examples of the README are accepted", async () => {
  expect(manifest.config.safeParse(config).error).toBeUndefined();
  expect(manifest.actions.post.input.safeParse(input).error).toBeUndefined();
  const secret = reports.makeSecret();
  const host = createTestHost();
  const { connection } = await open({ url: "http://127.0.0.1:9", ...reports.config(secret) }, host);
  const url = host.links.webhookUrl;
  report.data.key = "run-1:2";
  const { headers, body } = reports.sign(JSON.stringify(report), {
    secret,
    url,
    at: Math.floor(host.now() / 1_000) * 1_000,
  });
  const { signal } = new AbortController();
  const request = { method: "POST", url, headers: new Headers(headers), body: Buffer.from(body), signal };
  expect(await connection.receive!(request)).toMatchObject({ receipts: [{ kind: report.type }] });
});

test("the code of the README is the one that is compiled, and posts", async () => {
  expect(readme.code("ts")).toContain(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  await using receiver = await startReceiver();
  expect(await tell(createTestHost(), { url: receiver.url })).toBe(204);
  expect(receiver.received).toMatchObject([{ url: "/welcome", body: '{"customer":"ada"}' }]);
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [...Object.keys(manifest.config.shape), ...Object.keys(manifest.actions.post.input.shape)];
  expect(readme.missing(fields)).toEqual([]);
});

test("the README explains what becomes of every status", () => {
  readme.explains(statusErrors((status) => findPostError({ status, headers: new Headers() }, { attempt: 2, now: 0 })));
});
