import { readFileSync } from "node:fs";
import { findHttpError } from "@wend/plugin";
import { createTestHost, readReadme, statusErrors } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import chat from "wend-plugin-chat";
import { apiErrors } from "../src/api-error.ts";
import { startChat } from "./chat-server.ts";
import { announce } from "./readme-example.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, input] = readme.code("json").map((code) => JSON.parse(code));
const { manifest } = chat;
const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

test("the examples of the README are accepted", () => {
  expect(manifest.config.safeParse(config).error).toBeUndefined();
  expect(manifest.actions.post.input.safeParse(input).error).toBeUndefined();
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [...Object.keys(manifest.config.shape), ...Object.keys(manifest.actions.post.input.shape)];
  expect(readme.missing(fields)).toEqual([]);
});

test("the code of the README is the one that is compiled, posts and proves the plugin", async () => {
  expect(readme.code("ts")).toEqual([read("readme-example.ts"), read("conformance.test.ts")]);
  const server = await startChat();
  const { ts } = await announce(createTestHost(), server.config as { token: string; url: string });
  expect(server.posts).toEqual([{ channel: "C024BE91L", text: "Ada has signed up.", ts }]);
  await server.stop();
});

test("the README explains every status and every error of the provider, with its code and retry", () => {
  const byStatus = statusErrors((status) => findHttpError({ status, headers: new Headers() }, 0));
  readme.explains({ ...byStatus, ...apiErrors });
});
