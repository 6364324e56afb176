import { expect, test } from "vitest";
import { certificate, startInbox } from "./inbox.ts";
import { brisk, open } from "./open.ts";
import { startScripted } from "./scripted-server.ts";

const { signal } = new AbortController();
const problems = async (smtp: Awaited<ReturnType<typeof open>>, by = signal) =>
  (await smtp.connection.check?.(by))?.problems.map(({ code, pointer }) => `${code} ${pointer}`);

test("a connection that works has no problems, and no mail was sent to find out", async () => {
  await using inbox = await startInbox({
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
  });
  await using smtp = await open({ port: inbox.port, secure: "starttls", ca: certificate, user: "shop", pass: "p" });
  expect(await problems(smtp)).toEqual([]);
  expect(inbox.mails).toEqual([]);
});

test.concurrent.each([
  [{ greeting: "554 no" }, "provider.unavailable /host"],
  [{ greeting: "drop" }, "provider.unavailable /host"],
  [{ greeting: "hang" }, "provider.unavailable /host"],
  [{ EHLO: "drop" }, "provider.unavailable /host"],
  [{ AUTH: "535 no" }, "provider.unauthorized /pass"],
  [{ AUTH: "454 later" }, "provider.unavailable /host"],
  [{ AUTH: "drop" }, "provider.unavailable /host"],
  [{ AUTH: "hang" }, "provider.unavailable /host"],
])("a server that answers %j is told: %s", async (script, problem) => {
  await using server = await startScripted(script);
  await using smtp = await open({ port: server.port, user: "shop", pass: "p", timeouts: brisk });
  expect(await problems(smtp)).toEqual([problem]);
});

test("an abort ends the check and closes the socket", async () => {
  await using server = await startScripted({ EHLO: "hang" });
  await using smtp = await open({ port: server.port });
  const controller = new AbortController();
  const found = problems(smtp, controller.signal);
  await server.reaches("EHLO");
  controller.abort();
  expect(await found).toEqual(["provider.unavailable /host"]);
  await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
});
