import { createTestHost } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { deliveryId, header } from "../delivery.ts";
import { startInbox } from "../inbox.ts";
import { login, startMailbox } from "../mailbox.ts";
import { hello, open } from "../open.ts";
import { arf, dsn } from "../reports.ts";

/** Sends a mail, has the given mails arrive in the mailbox, and says what is heard of them. */
async function hear(mails: (sent: { from: string; messageId: string }) => string[]) {
  await using inbox = await startInbox();
  const shared = createTestHost();
  const config = { port: inbox.port, bounceAddress: "bounce@example.org" };
  await using smtp = await open(config, { links: shared.links });
  await smtp.send(hello);
  const [mail] = inbox.mails;
  const messageId = header(mail?.raw ?? "", "Message-ID")?.slice(1, -1) ?? "";
  await using mailbox = await startMailbox(mails({ from: mail?.from ?? "", messageId }));
  const imap = { host: "localhost", port: mailbox.port, secure: "none", user: login.user };
  await using reader = await open({ ...config, imap, imapPass: login.pass }, { links: shared.links });
  return (await reader.connection.poll!(null, new AbortController().signal)).receipts;
}

test("a bounce to the return path of a delivery is about it, whatever else it says", async () => {
  const receipts = await hear(({ from }) => [dsn({ to: from, recipient: "forwarded@elsewhere.test" })]);
  expect(receipts).toMatchObject([{ kind: "bounced", bounce: "hard", about: { deliveryId } }]);
});

test("a bounce or complaint that returns our mail is about it by its Message-ID", async () => {
  const receipts = await hear(({ messageId }) => [dsn({ messageId }), arf({ messageId })]);
  expect(receipts?.map(({ about }) => Object.keys(about))).toEqual([["providerId"], ["providerId"]]);
});

test("one that names no mail is about the address", async () => {
  const receipts = await hear(() => [dsn({ recipient: "Bob@Example.com" })]);
  expect(receipts).toMatchObject([{ about: { address: "bob@example.com" } }]);
});

test("a forged return path names no delivery", async () => {
  // Another last character, whichever it is.
  const forged = (from: string) => from.replace(/.(?=@)/, (last) => (last === "0" ? "1" : "0"));
  const receipts = await hear(({ from }) => [dsn({ to: forged(from) })]);
  expect(receipts?.[0]?.about).not.toHaveProperty("deliveryId");
});

test("a reason holds no address", async () => {
  const receipts = await hear(({ from }) => [dsn({ to: from, diagnostic: "550 5.1.1 <ada@example.com> unknown" })]);
  expect(JSON.stringify(receipts)).not.toContain("ada@");
});
