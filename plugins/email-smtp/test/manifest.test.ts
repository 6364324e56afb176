import emailSmtp from "@wend/email-smtp";
import { expect, test } from "vitest";
import { ed25519Key, rsaKey } from "./keys.ts";

const { config, actions } = emailSmtp.manifest;
const base = { host: "smtp.example.com", port: 587, from: "shop@example.com" };
const fieldsOf = (issues: readonly { path: readonly PropertyKey[] }[] | undefined) =>
  issues?.map(({ path }) => path[0]);

test("a connection needs a host, a port and a sender; the rest has defaults", () => {
  expect(config.parse(base)).toEqual({
    ...base,
    maxConnections: 5,
    trackOpens: false,
    trackClicks: false,
    timeouts: { connectMs: 5_000, greetingMs: 10_000, replyMs: 20_000 },
  });
});

test.each([
  [{ host: "" }, "host"],
  [{ host: "a b" }, "host"],
  [{ host: "a\r\nb" }, "host"],
  [{ port: 0 }, "port"],
  [{ port: 70_000 }, "port"],
  [{ from: "Shop <shop@example.com>" }, "from"],
  [{ from: "a@example.com, b@example.com" }, "from"],
  [{ fromName: "Shop\r\nBcc: x@y.test" }, "fromName"],
  [{ replyTo: "nobody" }, "replyTo"],
  [{ name: "client.example\r\nMAIL" }, "name"],
  [{ secure: "maybe" }, "secure"],
  [{ user: "shop" }, "pass"],
  [{ pass: "secret" }, "pass"],
  [{ maxConnections: 0 }, "maxConnections"],
  [{ ca: "/etc/ssl/cert.pem" }, "ca"],
  [{ timeouts: { replyMs: 1 } }, "timeouts"],
  [{ dkimDomain: "example.com" }, "dkimKey"],
  [{ dkimDomain: "example.com", dkimSelector: "s1", dkimKey: "no key" }, "dkimKey"],
  [{ dkimDomain: "example.com\r\nBcc: x", dkimSelector: "s1", dkimKey: rsaKey() }, "dkimDomain"],
  [{ dkimDomain: "example.com", dkimSelector: "s1; x=y", dkimKey: rsaKey() }, "dkimSelector"],
  [{ dkimDomain: "example.com", dkimSelector: "s1", dkimKey: ed25519Key() }, "dkimKey"],
  [{ dkimDomain: "example.com", dkimSelector: "s1", dkimKey: rsaKey(512) }, "dkimKey"],
  [{ listId: "news" }, "listId"],
  [{ bounceAddress: "" }, "bounceAddress"],
  [{ bounceAddress: "nobody" }, "bounceAddress"],
  [{ bounceAddress: "bounce+x@example.com" }, "bounceAddress"],
  [{ bounceAddress: "a-name-that-is-too-long@example.com" }, "bounceAddress"],
  [{ webhookSecret: "" }, "webhookSecret"],
  [{ imap: { host: "imap.example.com", user: "bounces" } }, "imapPass"],
  [{ imapPass: "secret" }, "imapPass"],
  [{ imap: { host: "a b", user: "bounces" }, imapPass: "secret" }, "imap"],
])("config with %j is refused for %s", (change, field) => {
  expect(fieldsOf(config.safeParse({ ...base, ...change }).error?.issues)).toEqual([field]);
});

test.each([
  { subject: "Hello {{ profile.name }}", text: "{% if x %}a{% endif %}" },
  { subject: "Hello", html: "<p>Hello</p>", from: "a@example.com", replyTo: "b@example.com" },
  {
    subject: "Hello",
    mjml: "<!doctype html>",
    attachments: [{ blob: "b1" }, { blob: "b2", cid: "logo", name: "l.png" }],
  },
  { subject: "Hello", text: "x", headers: { "List-Id": "news", "X-Tag": "a", "X-SES-CONFIGURATION-SET": "b" } },
])("input %j is accepted", (input) => {
  expect(actions.send.input.safeParse(input).success).toBe(true);
});

test.each([
  { text: "x" },
  { subject: "Hello" },
  { subject: "", text: "x" },
  { subject: "Hello", text: "x", from: "Ada <a@example.com>" },
  { subject: "Hello", text: "x", replyTo: "a@example.com,b@example.com" },
  { subject: "Hello", text: { path: "/etc/passwd" } },
  { subject: "Hello", html: { href: "http://169.254.169.254/" } },
  { subject: "Hello", html: "<p>Hello</p>", mjml: "<mjml></mjml>" },
  { subject: "Hello", text: "x", attachments: [{ path: "/etc/passwd" }] },
  { subject: "Hello", text: "x", attachments: [{ blob: "b1", path: "/etc/passwd" }] },
  { subject: "Hello", text: "x", attachments: [{ blob: "b1", cid: "a\r\nX: y" }] },
  { subject: "Hello", text: "x", attachments: [{ blob: "b1", name: "a\r\nX: y" }] },
  ...["To", "Cc", "BCC", "From", "Sender", "Reply-To", "Return-Path", "Resent-To", "Message-ID", "Date", "Subject"].map(
    (name) => ({ subject: "Hello", text: "x", headers: { [name]: "eve@example.com" } }),
  ),
  ...["Content-Type", "MIME-Version", "DKIM-Signature", "Received", "X-SMTPAPI", "X-MSYS-API", "X-MC-BccAddress"].map(
    (name) => ({ subject: "Hello", text: "x", headers: { [name]: "x" } }),
  ),
  { subject: "Hello", text: "x", headers: { "X-Tag": "a\r\nBcc: eve@example.com" } },
  { subject: "Hello", text: "x", headers: { "X-Tag\r\nBcc": "eve@example.com" } },
  { subject: "Hello", text: "x", headers: { "X-Tag": "" } },
])("input %j is refused", (input) => {
  expect(actions.send.input.safeParse(input).success).toBe(false);
});
