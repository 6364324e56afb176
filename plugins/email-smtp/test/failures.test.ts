import { WendError } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { startInbox } from "./inbox.ts";
import { brisk, hello, open, refusal } from "./open.ts";
import type { Behaviour, Phase } from "./scripted-server.ts";
import { startScripted } from "./scripted-server.ts";

const login = { user: "shop", pass: "pass-7c41" };

type Row = [phase: Phase, behaviour: Behaviour, code: string];
const table: Row[] = [
  ["greeting", "drop", "provider.unavailable"],
  ["greeting", "reset", "provider.unavailable"],
  ["greeting", "hang", "provider.unavailable"],
  ["greeting", "hello there", "provider.unavailable"],
  ["greeting", "421 too busy", "provider.rate_limited"],
  ["greeting", "554 no service for you", "provider.unavailable"],
  ["EHLO", "drop", "provider.unavailable"],
  ["EHLO", "hang", "provider.unavailable"],
  ["EHLO", "whatever", "provider.unavailable"],
  ["EHLO", "421 closing", "provider.rate_limited"],
  ["EHLO", "550 go away", "provider.unavailable"],
  ["AUTH", "drop", "provider.unavailable"],
  ["AUTH", "hang", "provider.unavailable"],
  ["AUTH", "535 5.7.8 bad credentials", "provider.unauthorized"],
  ["AUTH", "550 no", "provider.unauthorized"],
  ["AUTH", "454 4.7.0 temporary failure", "provider.unavailable"],
  ["MAIL", "drop", "provider.unavailable"],
  ["MAIL", "hang", "provider.unavailable"],
  ["MAIL", "hm", "provider.unavailable"],
  ["MAIL", "451 try later", "provider.unavailable"],
  ["MAIL", "421 4.7.0 too many", "provider.rate_limited"],
  ["MAIL", "452 4.5.3 too many mails", "provider.rate_limited"],
  ["MAIL", "503 bad sequence", "provider.unavailable"],
  ["MAIL", "530 5.7.0 authentication required", "provider.unauthorized"],
  ["MAIL", "553 sender not allowed", "provider.rejected"],
  ["RCPT", "drop", "provider.unavailable"],
  ["RCPT", "reset", "provider.unavailable"],
  ["RCPT", "hang", "provider.unavailable"],
  ["RCPT", "hm", "provider.unavailable"],
  ["RCPT", "450 mailbox busy", "provider.unavailable"],
  ["RCPT", "450 4.2.1 receiving mail too fast", "provider.unavailable"],
  ["RCPT", "452 4.2.2 mailbox full", "provider.unavailable"],
  ["RCPT", "452-4.2.2 mailbox full\r\n452 4.2.2 ask the owner", "provider.unavailable"],
  ["RCPT", "452 too many recipients", "provider.rate_limited"],
  ["RCPT", "450 4.7.1 greylisted", "provider.rate_limited"],
  ["RCPT", "421 closing", "provider.rate_limited"],
  ["RCPT", "550 5.1.1 no such user", "address.gone"],
  ["RCPT", "550-5.1.1 The account that you tried to reach\r\n550 5.1.1 does not exist", "address.gone"],
  ["RCPT", "556 5.1.10 recipient address has null MX", "address.gone"],
  ["RCPT", "550 no such user", "provider.rejected"],
  ["RCPT", "550 5.1.1 relay access denied", "provider.rejected"],
  ["RCPT", "550 5.7.1 unable to relay", "provider.rejected"],
  ["RCPT", "553 5.1.3 bad address syntax", "provider.rejected"],
  ["MAIL", "550 5.1.1 no such sender", "provider.rejected"],
  ["end", "550 5.1.1 user unknown", "provider.rejected"],
  ["DATA", "drop", "provider.unavailable"],
  ["DATA", "hang", "provider.unavailable"],
  ["DATA", "hm", "provider.unavailable"],
  ["DATA", "451 4.3.0 try later", "provider.unavailable"],
  ["DATA", "454 throttling failure", "provider.rate_limited"],
  ["DATA", "554 no valid recipients", "provider.rejected"],
  ["end", "drop", "provider.unknown_outcome"],
  ["end", "reset", "provider.unknown_outcome"],
  ["end", "hang", "provider.unknown_outcome"],
  ["end", "hm", "provider.unknown_outcome"],
  ["end", "399 what", "provider.unknown_outcome"],
  ["end", "451 4.3.0 try later", "provider.unavailable"],
  ["end", "452 4.2.2 mailbox full", "provider.unavailable"],
  ["end", "421 4.2.1 mailbox busy", "provider.unavailable"],
  ["end", "452 4.3.1 disk full", "provider.rate_limited"],
  ["end", "421 shutting down", "provider.rate_limited"],
  ["end", "554 5.7.1 spam", "provider.rejected"],
];

describe.each([
  ["command by command", false],
  ["with the envelope in one go", true],
])("%s", (_, pipelining) => {
  test.concurrent.each(table)("at %s the server does %j: %s", async (phase, behaviour, code) => {
    await using server = await startScripted({ [phase]: behaviour }, { pipelining });
    await using smtp = await open({ port: server.port, ...login, ...(behaviour === "hang" && { timeouts: brisk }) });
    expect(await refusal(smtp.send(hello))).toMatchObject({ code });
    // Whatever was handed over in full was handed over once.
    const handedOver = server.reached.filter((reached) => reached === "end").length;
    expect(handedOver).toBe(phase === "end" ? 1 : 0);
  });
});

test("every phase of an ordinary conversation is reached, so the table tests what it says", async () => {
  await using server = await startScripted({});
  await using smtp = await open({ port: server.port, ...login });
  await smtp.send(hello);
  expect(server.reached).toEqual(["greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "end"]);
});

test("a refused connection is a backoff", async () => {
  const gone = await startInbox();
  await gone.stop();
  await using smtp = await open({ port: gone.port });
  expect(await refusal(smtp.send(hello))).toMatchObject({
    code: "provider.unavailable",
    detail: "ECONNREFUSED while connecting.",
  });
});

test("a host name that does not resolve is a backoff; one that is blocked is not", async () => {
  const missing = Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
  await using unknown = await open({ port: 25 }, { connect: () => Promise.reject(missing) });
  expect(await refusal(unknown.send(hello))).toMatchObject({ code: "provider.unavailable" });
  const blocked = new WendError("connection.blocked_address");
  await using refused = await open({ port: 25 }, { connect: () => Promise.reject(blocked) });
  expect(await refusal(refused.send(hello))).toBe(blocked);
});

test("a connection that takes for ever to come about is given up after a while", async () => {
  await using smtp = await open({ port: 25, timeouts: brisk }, { connect: () => new Promise(() => undefined) });
  expect(await refusal(smtp.send(hello))).toMatchObject({ detail: "ETIMEDOUT while connecting." });
});

test("the connection is the host's, whatever the name says", async () => {
  await using inbox = await startInbox();
  const asked: string[] = [];
  const { connect } = createTestHost();
  const guarded: typeof connect = (target) => {
    asked.push(target.host);
    return connect({ ...target, host: "127.0.0.1" });
  };
  await using smtp = await open({ host: "mail.example.invalid", port: inbox.port }, { connect: guarded });
  await smtp.send(hello);
  expect(asked).toEqual(["mail.example.invalid"]);
  expect(inbox.mails).toHaveLength(1);
});

test("a server that offers no AUTH is not sent to when the connection has credentials", async () => {
  await using server = await startScripted({ EHLO: "250 scripted", AUTH: "502 not implemented" });
  await using smtp = await open({ port: server.port, ...login });
  expect(await refusal(smtp.send(hello))).toMatchObject({ code: "provider.unauthorized" });
  expect(server.reached).not.toContain("MAIL");
});

test("a mail larger than the server takes is refused for good", async () => {
  await using inbox = await startInbox({ size: 200, rejectOversized: true });
  await using smtp = await open({ port: inbox.port });
  const call = smtp.send({ subject: "Long", text: "long ".repeat(100) });
  expect(await refusal(call)).toMatchObject({ code: "provider.rejected" });
});

test("a refusal keeps the server's words, without the address in them", async () => {
  await using server = await startScripted({ RCPT: "550 5.1.1 <ada@example.com>: no such user (ada@example.com)" });
  await using smtp = await open({ port: server.port });
  expect(await refusal(smtp.send(hello))).toMatchObject({
    code: "address.gone",
    detail: "RCPT TO: 550 5.1.1 <…>: no such user (…)",
  });
});

test("a mail refused by the server leaves the connection usable for the next", async () => {
  await using inbox = await startInbox({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith("no") ? Object.assign(new Error("no"), { responseCode: 550 }) : null),
  });
  await using smtp = await open({ port: inbox.port, maxConnections: 1 });
  expect(await refusal(smtp.send(hello, { address: "no@example.com" }))).toMatchObject({ code: "provider.rejected" });
  await smtp.send(hello);
  expect(inbox.mails).toHaveLength(1);
  expect(inbox.connections()).toBe(1);
});

describe("an abort closes the socket at once", () => {
  test.each<[Phase, string]>([
    ["greeting", "provider.unavailable"],
    ["MAIL", "provider.unavailable"],
    ["DATA", "provider.unavailable"],
    ["end", "provider.unknown_outcome"],
  ])("while the server hangs at %s: %s", async (phase, code) => {
    await using server = await startScripted({ [phase]: "hang" });
    await using smtp = await open({ port: server.port });
    const controller = new AbortController();
    const call = refusal(smtp.send(hello, { signal: controller.signal }));
    await server.reaches(phase);
    controller.abort();
    expect(await call).toMatchObject({ code });
    await expect.poll(() => server.open(), { interval: 5, timeout: 500 }).toBe(0);
  });

  test("before anything was sent: nothing is", async () => {
    await using inbox = await startInbox();
    await using smtp = await open({ port: inbox.port });
    const call = smtp.send(hello, { signal: AbortSignal.abort() });
    expect(await refusal(call)).toMatchObject({ code: "provider.unavailable" });
    expect(inbox.connections()).toBe(0);
  });

  test("of a mail that waits for a free connection: the others go on", async () => {
    await using inbox = await startInbox();
    await using smtp = await open({ port: inbox.port, maxConnections: 1 });
    const controller = new AbortController();
    const first = smtp.send(hello);
    const waiting = refusal(smtp.send(hello, { signal: controller.signal, idempotencyKey: "run-1:2" }));
    const last = smtp.send(hello, { idempotencyKey: "run-1:3" });
    controller.abort();
    expect(await waiting).toMatchObject({ code: "provider.unavailable" });
    await Promise.all([first, last]);
    expect(inbox.mails).toHaveLength(2);
  });
});

test("close refuses what waits, finishes what is being sent, and leaves no socket", async () => {
  await using server = await startScripted({});
  await using smtp = await open({ port: server.port, maxConnections: 1 });
  const first = smtp.send(hello);
  const second = refusal(smtp.send(hello, { idempotencyKey: "run-1:2" }));
  await server.reaches("MAIL");
  await smtp.connection.close?.();
  await expect(first).resolves.toMatchObject({ output: { response: "250 queued" } });
  expect(await second).toMatchObject({ code: "provider.unavailable" });
  expect(await refusal(smtp.send(hello))).toMatchObject({ code: "provider.unavailable" });
  await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
});
