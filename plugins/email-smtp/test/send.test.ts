import { expect, test } from "vitest";
import { header } from "./delivery.ts";
import { startInbox } from "./inbox.ts";
import { hello, open, refusal } from "./open.ts";
import { startScripted } from "./scripted-server.ts";

test("a mail goes to exactly one address, with the connection's sender", async () => {
  await using inbox = await startInbox();
  const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);
  const config = { port: inbox.port, fromName: "The Shop, Ltd.", replyTo: "help@example.com", name: "client.example" };
  await using smtp = await open(config, { now });
  const sent = await smtp.send({ subject: "Grüße", text: "Hello Ada,\nall is well.", html: "<p>Hello Ada</p>" });
  expect(inbox.mails).toHaveLength(1);
  const [mail] = inbox.mails;
  expect(mail).toMatchObject({ from: "shop@example.com", to: ["ada@example.com"], helo: "client.example" });
  const raw = mail?.raw ?? "";
  expect(header(raw, "From")).toBe('"The Shop, Ltd." <shop@example.com>');
  expect(header(raw, "To")).toBe("ada@example.com");
  expect(header(raw, "Reply-To")).toBe("help@example.com");
  expect(header(raw, "Subject")).toBe("=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
  expect(header(raw, "Date")).toBe("Fri, 02 Jan 2026 03:04:05 +0000");
  expect(header(raw, "X-Mailer")).toBeUndefined();
  expect(raw).toContain("multipart/alternative");
  expect(raw).toContain("Hello Ada,\r\nall is well.");
  expect(raw).toContain("<p>Hello Ada</p>");
  expect(sent).toEqual({
    providerId: header(raw, "Message-ID")?.slice(1, -1),
    output: { messageId: header(raw, "Message-ID")?.slice(1, -1), response: "250 OK: queued as 4f2a" },
  });
});

test("the Message-ID is the same on every attempt of a delivery, and another for another", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  await smtp.send(hello, { attempt: 1 });
  await smtp.send(hello, { attempt: 2 });
  await smtp.send(hello, { idempotencyKey: "run-1:2" });
  const ids = inbox.mails.map(({ raw }) => header(raw, "Message-ID"));
  expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test("a mail may name its own sender, and has then not the connection's display name", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port, fromName: "The Shop" });
  await smtp.send({ ...hello, from: "news@example.org", replyTo: "desk@example.org" });
  await smtp.send({ ...hello, fromName: "Ada's Shop" });
  const [first, second] = inbox.mails;
  expect(first?.from).toBe("news@example.org");
  expect(header(first?.raw ?? "", "From")).toBe("news@example.org");
  expect(header(first?.raw ?? "", "Reply-To")).toBe("desk@example.org");
  expect(header(second?.raw ?? "", "From")).toBe('"Ada\'s Shop" <shop@example.com>');
});

test("headers of the list are sent as they are", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  const unsubscribe = "<https://example.com/u?t=1>";
  const headers = {
    "List-Unsubscribe": unsubscribe,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "X-Tag": "ü",
  };
  await smtp.send({ ...hello, headers });
  const raw = inbox.mails[0]?.raw ?? "";
  expect(header(raw, "List-Unsubscribe")).toBe(unsubscribe);
  expect(header(raw, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  expect(header(raw, "X-Tag")).toBe("=?UTF-8?B?w7w=?=");
});

test.each([
  "v@x.test, e@y.test",
  "v@x.test,e@y.test",
  "v@x.test\r\nRCPT TO:<e@y.test>",
  "Ada <ada@example.com>",
  "",
  undefined,
])("the address %j is refused before anybody is called", async (address) => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  expect(await refusal(smtp.send(hello, { address }))).toMatchObject({ code: "address.invalid", retry: "never" });
  expect(inbox.connections()).toBe(0);
});

test("line breaks that a template leaves in a subject become blanks, and never a header", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  await smtp.send({ subject: "\n Hello \r\nBcc: eve@example.com\n", text: "Hello" });
  const raw = inbox.mails[0]?.raw ?? "";
  expect(header(raw, "Subject")).toBe("Hello Bcc: eve@example.com");
  expect(header(raw, "Bcc")).toBeUndefined();
  expect(inbox.mails[0]?.to).toEqual(["ada@example.com"]);
});

test("a body with lines of dots and bare line ends arrives as written and ends nothing", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  await smtp.send({ subject: "Dots", text: "one\n.\n..two\r.\rthree\r\n.\r\nMAIL FROM:<eve@example.com>\n" });
  expect(inbox.mails).toHaveLength(1);
  expect(inbox.mails[0]?.raw).toContain("\r\n.\r\nMAIL FROM:<eve@example.com>");
});

test("a path or a URL in a body is text: nothing is read or fetched", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  await smtp.send({ subject: "Files", text: "/etc/passwd", html: '<img src="file:///etc/passwd">' });
  expect(inbox.mails[0]?.raw).not.toContain("root:");
});

test("many mails share a few connections, and each arrives once", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port, maxConnections: 3 });
  const numbers = Array.from({ length: 200 }, (_, n) => n);
  await Promise.all(
    numbers.map((n) => smtp.send(hello, { address: `c${n}@example.com`, idempotencyKey: `run-${n}:1` })),
  );
  expect(inbox.mails.map(({ to }) => to[0]).sort()).toEqual(numbers.map((n) => `c${n}@example.com`).sort());
  expect(inbox.connections()).toBeLessThanOrEqual(6);
});

test("a mail that meets a connection the server has just closed goes over another, once", async () => {
  await using server = await startScripted({}, { mailsPerConnection: 1 });
  await using smtp = await open({ port: server.port, maxConnections: 1 });
  await smtp.send(hello);
  await smtp.send(hello, { idempotencyKey: "run-1:2" });
  expect(server.reached.filter((phase) => phase === "end")).toHaveLength(2);
  expect(server.reached.filter((phase) => phase === "greeting")).toHaveLength(2);
});
