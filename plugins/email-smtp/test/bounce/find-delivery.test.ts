import type { PluginHost } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { deliveryId, header } from "../delivery.ts";
import { startInbox } from "../inbox.ts";
import { login, startMailbox } from "../mailbox.ts";
import { hello, open } from "../open.ts";
import { arf, dsn } from "../reports.ts";

// Another last character, whichever it is.
const forged = (from: string) => from.replace(/.(?=@)/, (last) => (last === "0" ? "1" : "0"));

interface Setup {
  readonly bounceAddress?: string | undefined;
  readonly links?: PluginHost["links"];
}

/** Sends a mail, has the given mails arrive in the mailbox, and says what is heard of them. */
async function hear(mails: (sent: { from: string; messageId: string }) => string[], setup: Setup = {}) {
  await using inbox = await startInbox();
  const { bounceAddress, links } = { bounceAddress: "bounce@example.org", links: createTestHost().links, ...setup };
  const shared = { links };
  const config = { port: inbox.port, ...(bounceAddress !== undefined && { bounceAddress }) };
  await using smtp = await open(config, { links: shared.links });
  await smtp.send(hello);
  const [mail] = inbox.mails;
  const messageId = header(mail?.raw ?? "", "Message-ID")?.slice(1, -1) ?? "";
  await using mailbox = await startMailbox(mails({ from: mail?.from ?? "", messageId }));
  const imap = { host: "localhost", port: mailbox.port, secure: "none", user: login.user, since: "2020-01-01" };
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

describe("a report that names no mail of ours", () => {
  const reports = [dsn({ recipient: "Bob@Example.com" }), arf({ recipient: "bob@example.com" })];
  const heard = (receipts: Awaited<ReturnType<typeof hear>>) =>
    receipts?.map((receipt) => [receipt.kind, "bounce" in receipt ? receipt.bounce : undefined, receipt.about]);

  test("is about the address", async () => {
    const about = { address: "bob@example.com" };
    const receipts = await hear(() => reports, { bounceAddress: undefined });
    expect(heard(receipts)).toEqual([
      ["bounced", "hard", about],
      ["complained", undefined, about],
    ]);
  });

  test("ends no mail to anybody where every return path is signed: anybody can have written it", async () => {
    const theirs = dsn({ recipient: "bob@example.com", messageId: "theirs@example.com", id: "report-2" });
    const receipts = await hear(({ from }) => [...reports, theirs, dsn({ to: forged(from), id: "report-3" })]);
    expect(heard(receipts)).toEqual([
      ["bounced", "soft", { address: "bob@example.com" }],
      // The host knows no such mail, and forgets what was said of it.
      ["bounced", "hard", { providerId: "theirs@example.com" }],
      ["bounced", "soft", { address: "ada@example.com" }],
    ]);
  });

  test("is believed where no key signs return paths", async () => {
    const unsigned = { sign: () => undefined, open: () => undefined } as never;
    const receipts = await hear(() => reports, { links: unsigned });
    expect(receipts).toMatchObject([{ bounce: "hard" }, { kind: "complained" }]);
  });
});

test("a forged return path names no delivery", async () => {
  const receipts = await hear(({ from }) => [dsn({ to: forged(from) })]);
  expect(receipts?.[0]?.about).not.toHaveProperty("deliveryId");
});

test("a reason holds no address", async () => {
  const receipts = await hear(({ from }) => [dsn({ to: from, diagnostic: "550 5.1.1 <ada@example.com> unknown" })]);
  expect(JSON.stringify(receipts)).not.toContain("ada@");
});
