import { describe, expect, test } from "vitest";
import { readMail } from "../../src/bounce/read-mail.ts";
import { readReports } from "../../src/bounce/read-reports.ts";
import { arf, dsn } from "../reports.ts";

const read = async (raw: string) => readReports(await readMail(Buffer.from(raw)));
const plain = (subject: string, text: string, headers = "From: MAILER-DAEMON@mx.example.org\r\n") =>
  `${headers}To: shop@example.org\r\nSubject: ${subject}\r\nContent-Type: text/plain\r\n\r\n${text}`;

describe("a delivery status", () => {
  test.each([
    ["5.1.1", "550 5.1.1 User unknown", "hard"],
    ["5.1.1", "550 5.1.1 no", "hard"],
    ["5.1.2", "Host not found", "hard"],
    ["5.1.10", "556 Recipient address has null MX", "hard"],
    ["5.4.4", "Unable to route", "hard"],
    ["5.0.0", "550 No such user here", "hard"],
    ["5.0.0", "551 not here", "hard"],
    ["5.2.2", "552 5.2.2 Mailbox full", "soft"],
    ["5.0.0", "552 user is over quota", "soft"],
    ["5.7.1", "550 5.7.1 blocked by Spamhaus, user unknown", "soft"],
    ["5.7.26", "550 5.7.26 unauthenticated", "soft"],
    ["4.4.1", "connection timed out", "soft"],
    ["4.2.1", "450 4.2.1 no such user", "soft"],
    ["5.0.0", "554 something nobody has heard of", "soft"],
  ])("%s with %j is %s", async (status, diagnostic, bounce) => {
    expect(await read(dsn({ status, diagnostic }))).toMatchObject([
      { kind: "bounced", bounce, recipient: "ada@example.com" },
    ]);
  });

  test("that speaks of a delay is no bounce, and one of a delivery is nothing", async () => {
    expect(await read(dsn({ action: "delayed", status: "4.4.1" }))).toMatchObject([{ kind: "deferred" }]);
    expect(await read(dsn({ action: "delivered", status: "2.0.0" }))).toEqual([]);
  });

  test("that refuses the content says nothing of the address", async () => {
    const filtered = dsn({ diagnostic: "550 user unknown (in reply to end of DATA command)" });
    expect(await read(filtered)).toMatchObject([{ bounce: "soft" }]);
  });

  test("is read without its type and with recipients in one block", async () => {
    const raw = dsn()
      .replace("message/delivery-status", "text/plain")
      .replace("Action: failed", "Action: failed\r\nFinal-Recipient: rfc822; bob@example.com\r\nStatus: 5.2.2");
    expect((await read(raw)).map(({ recipient }) => recipient)).toEqual(["ada@example.com", "bob@example.com"]);
  });
});

describe("a text without a delivery status", () => {
  test.each([
    ["qmail", "<ada@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n", "hard"],
    ["exim", "  ada@example.com\n    SMTP error after RCPT TO:<ada@example.com>:\n    550 No such user\n", "hard"],
    ["a full mailbox", "  ada@example.com\n    mailbox is full\n", "soft"],
    ["an unknown text", "  ada@example.com\n    it did not work\n", "soft"],
  ])("as %s writes it", async (_who, text, bounce) => {
    const body = `${text}\n--- Below this line is a copy of the message.\n\nReceived: from x\nTo: eve@example.com\nMessage-ID: <m1@x>\n\nspam user unknown`;
    expect(await read(plain("failure notice", body))).toMatchObject([
      { kind: "bounced", bounce, recipient: "ada@example.com" },
    ]);
  });

  test("tells recipients apart", async () => {
    const text =
      "<ada@example.com>:\n550 5.1.1 User unknown in this system\n\n<bob@example.com>:\n552 5.2.2 Mailbox is full today\n";
    expect(await read(plain("failure notice", text))).toMatchObject([
      { recipient: "ada@example.com", bounce: "hard" },
      { recipient: "bob@example.com", bounce: "soft" },
    ]);
  });

  test.each([
    [
      "a holiday notice",
      plain(
        "Out of office",
        "I am away until Monday.",
        "From: Ada <ada@example.com>\r\nAuto-Submitted: auto-replied\r\n",
      ),
    ],
    ["a question", plain("Hello", "When was my order returned?", "From: Ada <ada@example.com>\r\n")],
    ["nothing", ""],
    ["noise", "\u0000\u0001\r\n\r\n\u0002"],
  ])("%s is no bounce", async (_what, raw) => {
    expect(await read(raw)).toEqual([]);
  });
});

describe("a report of abuse", () => {
  test.each(["abuse", "fraud", "opt-out"])("%s is a complaint of who got the mail", async (type) => {
    expect(await read(arf({ type }))).toEqual([{ kind: "complained", recipient: "ada@example.com", reason: type }]);
  });

  test.each(["auth-failure", "not-spam", "dmarc"])("%s is none: no customer has said it", async (type) => {
    expect(await read(arf({ type }))).toEqual([]);
  });
});

test("a mail that is made to be slow is read at once", async () => {
  const hostile = [
    plain("failure notice", `${"a".repeat(200_000)}@`),
    plain("failure notice", "<".repeat(200_000)),
    plain("failure notice", "user ".repeat(60_000)),
    plain("failure notice", "- ".repeat(100_000)),
    plain("failure notice", "x@".repeat(100_000)),
    plain("failure notice", "From: x\n ".repeat(30_000)),
    plain("failure notice", " \t".repeat(100_000)),
    dsn({ diagnostic: "mailbox ".repeat(30_000) }),
  ];
  for (const raw of hostile) {
    const started = performance.now();
    await read(raw);
    expect(performance.now() - started, raw.slice(0, 120)).toBeLessThan(1_000);
  }
});
