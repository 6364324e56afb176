import { WendError } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { deliveryId, hello, openComposer } from "./compose.ts";

test("promotional mail can be left with one click, by a link that only the host can have made", async () => {
  const { host, compose } = openComposer();
  const { headers } = await compose(hello);
  expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  expect(headers["List-Id"]).toBe("<list.example.com>");
  const token = /^<https:\/\/wend\.test\/c\/connection\/u\/(.+)>$/.exec(headers["List-Unsubscribe"] ?? "")?.[1];
  expect(host.links.open("unsubscribe", token ?? "")).toEqual({ d: deliveryId });
});

test.each(["transactional", "mandatory"] as const)("%s mail has none of it", async (purpose) => {
  const { compose } = openComposer({ listId: "news.example.com" });
  expect((await compose(hello, { purpose })).headers).toEqual({});
});

test("what the author writes goes first, whatever its case", async () => {
  const { compose } = openComposer({ listId: "news.example.com" });
  const headers = { "list-unsubscribe": "<https://example.com/u>", "LIST-ID": "<mine>" };
  expect((await compose({ ...hello, headers })).headers).toEqual(headers);
});

test("the connection names the list", async () => {
  const { compose } = openComposer({ listId: "news.example.com" });
  expect((await compose(hello)).headers["List-Id"]).toBe("<news.example.com>");
});

test("without a key to sign with mail goes out without links of ours, and the log says so once", async () => {
  const sign = () => {
    throw new WendError("connection.secret_key_missing");
  };
  const { links } = createTestHost();
  const { host, compose } = openComposer({ trackOpens: true, trackClicks: true }, { links: { ...links, sign } });
  const html = '<a href="https://example.com/">x</a>';
  for (const n of [1, 2]) {
    const mail = await compose({ subject: "Hello", html }, { idempotencyKey: `run-1:${n}` });
    expect(mail).toMatchObject({ html, headers: { "List-Id": "<list.example.com>" } });
    expect(mail.headers).not.toHaveProperty("List-Unsubscribe");
  }
  expect(host.lines).toHaveLength(1);
});
