import { expect, test } from "vitest";
import chat from "wend-plugin-chat";
import { open } from "./open.ts";

const input = { channel: "C024BE91L", text: "Ada has signed up." };

test("a post stands in the chat, and is known by its channel and time", async () => {
  const { server, post } = await open();
  const { providerId, output } = await post(input);
  expect(server.posts).toEqual([{ ...input, ts: output.ts }]);
  expect(providerId).toBe(`C024BE91L:${output.ts}`);
});

test("a repeated call is a second post: the provider knows no keys, and the manifest says so", async () => {
  const { server, post } = await open();
  await post(input);
  await post(input);
  expect(server.posts).toHaveLength(2);
  expect(chat.manifest.actions.post.dedupe).toEqual({ by: "none" });
});

test("a channel that does not exist is rejected for good", async () => {
  const { post } = await open();
  await expect(post({ ...input, channel: "C999" })).rejects.toMatchObject({ code: "provider.rejected" });
});

test("a token that is not known is unauthorized", async () => {
  const { post } = await open({ token: "xoxb-other" });
  await expect(post(input)).rejects.toMatchObject({ code: "provider.unauthorized" });
});

test.each([
  ['{"ok":false,"error":"ratelimited"}', "provider.rate_limited"],
  ['{"ok":false,"error":"service_unavailable"}', "provider.unavailable"],
  ['{"ok":false,"error":"fatal_error"}', "provider.unknown_outcome"],
  ['{"ok":false,"error":"constructor"}', "provider.rejected"],
  ['{"ok":false}', "provider.rejected"],
  ['{"ok":true}', "provider.unknown_outcome"],
  ["<html>", "provider.unknown_outcome"],
])("the answer %s is %s", async (body, code) => {
  const { server, post } = await open();
  server.answer(body);
  await expect(post(input)).rejects.toMatchObject({ code });
});

test("a check with a token that is not known points to it", async () => {
  const { connection } = await open({ token: "xoxb-other" });
  const { problems } = await connection.check!(new AbortController().signal);
  expect(problems).toMatchObject([{ code: "provider.unauthorized", pointer: "/token" }]);
});
