import { expect, test } from "vitest";
import { apiKey, startSendgrid } from "./fake/start-sendgrid.ts";
import { configOf, open, signal } from "./open.ts";

test.each<[string, string[] | undefined, string[][]]>([
  ["may send", ["mail.send"], []],
  ["is wrong", undefined, [["provider.unauthorized", "/apiKey"]]],
  ["may do other things, and not send", ["stats.read", "mail.batch.read"], [["provider.unauthorized", "/apiKey"]]],
])("a key that %s is found without sending", async (_, scopes, problems) => {
  await using sendgrid = await startSendgrid();
  sendgrid.keys.delete(apiKey);
  if (scopes !== undefined) sendgrid.keys.set(apiKey, scopes);
  const { connection } = await open(configOf(sendgrid));
  const checked = await connection.check!(signal);
  expect(checked.problems.map(({ code, pointer }) => [code, pointer])).toEqual(problems);
  expect(sendgrid.posted).toEqual([]);
});

test("a provider that is gone is a problem of the URL", async () => {
  const sendgrid = await startSendgrid();
  await sendgrid.stop();
  const { connection } = await open(configOf(sendgrid));
  expect((await connection.check!(signal)).problems).toMatchObject([{ code: "provider.unavailable", pointer: "/url" }]);
});

test("a server that is not SendGrid's is a problem of the URL", async () => {
  await using sendgrid = await startSendgrid();
  const fetch = async () => new Response("<html>hello</html>");
  const { connection } = await open(configOf(sendgrid), { fetch });
  expect((await connection.check!(signal)).problems).toMatchObject([{ code: "provider.unavailable", pointer: "/url" }]);
});

test.each([
  [429, "provider.rate_limited", ""],
  [500, "provider.unknown_outcome", ""],
  [502, "provider.unknown_outcome", ""],
  [504, "provider.unknown_outcome", ""],
  [503, "provider.unavailable", "/url"],
  [302, "provider.rejected", "/url"],
  [404, "provider.rejected", "/url"],
])("HTTP %i is %s, and a problem of the option %j", async (status, code, pointer) => {
  await using sendgrid = await startSendgrid();
  const fetch = async () => new Response("", { status });
  const { connection } = await open(configOf(sendgrid), { fetch });
  expect((await connection.check!(signal)).problems).toMatchObject([{ code, pointer }]);
});

test("credits that are used up are no fault of the key", async () => {
  await using sendgrid = await startSendgrid();
  const fetch = async () => Response.json({ errors: [{ message: "Maximum credits exceeded" }] }, { status: 401 });
  const { connection } = await open(configOf(sendgrid), { fetch });
  expect((await connection.check!(signal)).problems).toMatchObject([{ code: "provider.rate_limited", pointer: "" }]);
});
