import { WendError } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { deliveryId, header } from "./delivery.ts";
import { startInbox } from "./inbox.ts";
import { hello, open } from "./open.ts";

const promotional = { purpose: "promotional" } as const;

test("promotional mail can be left with one click, by a link that only the host can have made", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  await smtp.send(hello, promotional);
  const raw = inbox.mails[0]?.raw ?? "";
  expect(header(raw, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  expect(header(raw, "List-Id")).toBe("<list.example.com>");
  const token = /^<https:\/\/wend\.test\/c\/connection\/u\/(.+)>$/.exec(header(raw, "List-Unsubscribe") ?? "")?.[1];
  expect(smtp.host.links.open("unsubscribe", token ?? "")).toEqual({ d: deliveryId });
});

test.each(["transactional", "mandatory"] as const)("%s mail has none of it", async (purpose) => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port, listId: "news.example.com" });
  await smtp.send(hello, { purpose });
  for (const name of ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"]) {
    expect(header(inbox.mails[0]?.raw ?? "", name)).toBeUndefined();
  }
});

test("what the author writes goes first, whatever its case", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port, listId: "news.example.com" });
  await smtp.send(
    { ...hello, headers: { "list-unsubscribe": "<https://example.com/u>", "LIST-ID": "<mine>" } },
    promotional,
  );
  const raw = inbox.mails[0]?.raw ?? "";
  expect(header(raw, "List-Unsubscribe")).toBe("<https://example.com/u>");
  expect(header(raw, "List-Unsubscribe-Post")).toBeUndefined();
  expect(header(raw, "List-Id")).toBe("<mine>");
});

test("the connection names the list", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port, listId: "news.example.com" });
  await smtp.send(hello, promotional);
  expect(header(inbox.mails[0]?.raw ?? "", "List-Id")).toBe("<news.example.com>");
});

test("without a key to sign with mail goes out without links of ours, and the log says so once", async () => {
  const { links } = createTestHost();
  const sign = () => {
    throw new WendError("connection.secret_key_missing");
  };
  await using inbox = await startInbox();
  const config = { port: inbox.port, bounceAddress: "bounce@example.com", trackOpens: true, trackClicks: true };
  await using smtp = await open(config, { links: { ...links, sign } });
  for (const n of [1, 2]) {
    const input = { subject: "Hello", html: '<a href="https://example.com/">x</a>' };
    await smtp.send(input, { ...promotional, idempotencyKey: `run-1:${n}` });
  }
  expect(inbox.mails[0]?.from).toBe("bounce@example.com");
  expect(inbox.mails[0]?.raw).toContain('<a href="https://example.com/">x</a>');
  expect(smtp.host.lines).toHaveLength(1);
});
