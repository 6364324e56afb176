import { createTestHost } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { certificate } from "../inbox.ts";
import { login, startMailbox } from "../mailbox.ts";
import { brisk, open, refusal } from "../open.ts";
import { dsn } from "../reports.ts";

const DAY_MS = 86_400_000;
const { signal } = new AbortController();
const report = (n: number) => dsn({ messageId: `m${n}@example.com`, id: `r${n}` });
const about = (receipts: readonly { about: object }[] | undefined) =>
  receipts?.map((receipt) => (receipt.about as { providerId: string }).providerId);

/** Before any mail of these tests. */
const since = "2020-01-01";

const read = (port: number, imap: object = {}, config: object = {}) =>
  open({
    port: 25,
    timeouts: brisk,
    imap: { host: "localhost", port, secure: "none", user: login.user, since, ...imap },
    imapPass: login.pass,
    ...config,
  });

test("what arrives later is heard from the cursor on", async () => {
  await using mailbox = await startMailbox([report(1)]);
  await using smtp = await read(mailbox.port);
  const first = await smtp.connection.poll!(null, signal);
  expect(about(first.receipts)).toEqual(["m1@example.com"]);
  mailbox.add(report(2));
  const second = await smtp.connection.poll!(first.cursor, signal);
  expect(about(second.receipts)).toEqual(["m2@example.com"]);
  expect(await smtp.connection.poll!(second.cursor, signal)).toMatchObject({ receipts: [], cursor: second.cursor });
});

test("the first poll begins with what arrives after it, unless the connection says with which day", async () => {
  await using mailbox = await startMailbox([report(1), report(2)]);
  await using smtp = await read(mailbox.port, { since: undefined });
  // Empty is what a connection without a mailbox has given back.
  const [first, again] = await Promise.all([null, ""].map((cursor) => smtp.connection.poll!(cursor, signal)));
  expect(first).toEqual({ receipts: [], cursor: "1:2", more: false });
  expect(again).toEqual(first);
  mailbox.add(report(3));
  expect(about((await smtp.connection.poll!(first!.cursor, signal)).receipts)).toEqual(["m3@example.com"]);
  const day = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 10);
  for (const [from, found] of [
    [day(2 * DAY_MS), 0],
    [day(-2 * DAY_MS), 3],
  ] as const) {
    await using dated = await read(mailbox.port, { since: from });
    expect((await dated.connection.poll!(null, signal)).receipts).toHaveLength(found);
  }
});

test("a mailbox whose numbers count anew is read as far back as the host knows what it was told", async () => {
  await using before = await startMailbox([report(1), report(2)], { uidvalidity: 1 });
  await using old = await read(before.port);
  const { cursor } = await old.connection.poll!(null, signal);
  const arrived = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS);
  const mails = [report(3), report(4)];
  await using after = await startMailbox(mails, { uidvalidity: 2, arrived: [arrived(8), arrived(5)] });
  await using smtp = await read(after.port);
  expect(about((await smtp.connection.poll!(cursor, signal)).receipts)).toEqual(["m4@example.com"]);
});

test.each([
  ["tls", true],
  ["starttls", false],
] as const)("%s is spoken with the certificate of the configured host", async (secure, direct) => {
  await using mailbox = await startMailbox([report(1)], { secure: direct });
  await using smtp = await read(mailbox.port, { secure }, { ca: certificate });
  expect(about((await smtp.connection.poll!(null, signal)).receipts)).toEqual(["m1@example.com"]);
  await using untrusting = await read(mailbox.port, { secure });
  expect(await refusal(untrusting.connection.poll!(null, signal))).toMatchObject({ code: "provider.unavailable" });
});

test("starttls tells no password to a server that does not offer it", async () => {
  await using mailbox = await startMailbox([], { starttls: false });
  await using smtp = await read(mailbox.port, { secure: "starttls" });
  expect(await refusal(smtp.connection.poll!(null, signal))).toMatchObject({ code: "provider.unavailable" });
});

test("the connection is the host's, whatever the name says", async () => {
  await using mailbox = await startMailbox([report(1)]);
  const asked: string[] = [];
  const { connect } = createTestHost();
  const guarded: typeof connect = (target) => {
    asked.push(target.host);
    return connect({ ...target, host: "127.0.0.1" });
  };
  const imap = { host: "imap.example.invalid", port: mailbox.port, secure: "none", user: login.user, since };
  await using smtp = await open({ port: 25, imap, imapPass: login.pass }, { connect: guarded });
  await smtp.connection.poll!(null, signal);
  expect(asked).toEqual(["imap.example.invalid"]);
});

test("a wrong password is told as such, by a poll and by the check", async () => {
  await using mailbox = await startMailbox([]);
  await using smtp = await read(mailbox.port, {}, { imapPass: "wrong" });
  expect(await refusal(smtp.connection.poll!(null, signal))).toMatchObject({ code: "provider.unauthorized" });
  const problems = (await smtp.connection.check?.(signal))?.problems.filter((one) => one.pointer?.startsWith("/imap"));
  expect(problems).toMatchObject([{ code: "provider.unauthorized", pointer: "/imapPass" }]);
});

test("a server that is gone or hangs is a backoff", async () => {
  await using mailbox = await startMailbox([]);
  await using smtp = await read(mailbox.port);
  mailbox.behave("hang");
  expect(await refusal(smtp.connection.poll!(null, signal))).toMatchObject({ code: "provider.unavailable" });
  await mailbox.stop();
  expect(await refusal(smtp.connection.poll!(null, signal))).toMatchObject({ code: "provider.unavailable" });
});

test("a connection without a mailbox hears nothing and calls nobody", async () => {
  await using smtp = await open({ port: 25 }, { connect: () => Promise.reject(new Error("called")) });
  expect(await smtp.connection.poll!(null, signal)).toEqual({ cursor: "", more: false, receipts: [] });
  expect(await smtp.connection.poll!("", signal)).toEqual({ cursor: "", more: false, receipts: [] });
});
