import { readFileSync } from "node:fs";
import * as email from "@wend/email";
import * as data from "@wend/email/manifest";
import { validateManifest } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { deliveryId, hello } from "./compose.ts";
import { emailPost } from "./readme-example.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");

test("the README names every export", () => {
  expect([...Object.keys(email), ...Object.keys(data)].filter((name) => !readme.includes(name))).toEqual([]);
});

test("the README explains every field of a mail and of a sender", () => {
  const fields = [...Object.keys(data.mailAction.input.shape), ...Object.keys(data.senderFields)];
  expect(fields.filter((field) => !readme.includes(`\`${field}\``))).toEqual([]);
});

test("the README's example is a plugin whose mail can be left with one click", async () => {
  expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(read("./readme-example.ts"));
  expect(validateManifest(emailPost.manifest)).toEqual([]);
  const posted: string[] = [];
  const host = createTestHost({
    fetch: async (_url, init) => {
      posted.push(String(init?.body));
      return new Response();
    },
  });
  const { signal } = new AbortController();
  const connection = await emailPost.connect(
    { url: "https://post.test", from: "shop@example.com", trackOpens: false, trackClicks: false },
    host,
  );
  await connection.actions.send({
    input: hello,
    address: "ada@example.com",
    idempotencyKey: "run-1:1",
    deliveryId,
    profileId: "profile-1",
    purpose: "promotional",
    attempt: 1,
    signal,
  });
  const { headers } = JSON.parse(posted[0] ?? "");
  const url = headers["List-Unsubscribe"].slice(1, -1);
  const path = url.slice(host.links.baseUrl.length);
  const asked = { request: new Request(url, { method: "POST" }), path, customer: undefined, signal };
  expect((await connection.serve!(asked)).receipts).toMatchObject([{ kind: "unsubscribed", about: { deliveryId } }]);
});
