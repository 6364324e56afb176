import { expect, test } from "vitest";
import { sendErrors } from "../src/send-errors.ts";
import { apiKey, startSendgrid } from "./fake/start-sendgrid.ts";
import { ada, configOf, hello, open, refusal } from "./open.ts";

const fieldOf = (pattern: RegExp | undefined) =>
  pattern === undefined ? null : pattern.source.startsWith("^from") ? "from.email" : "personalizations.0.to.0.email";

test.each(sendErrors.map((error) => [error.status, error.says ?? String(error.field ?? ""), error] as const))(
  "HTTP %i %s is what the table says, and the address that SendGrid names is not passed on",
  async (status, _, { field, says, code, means }) => {
    await using sendgrid = await startSendgrid();
    sendgrid.mode = { status, errors: [{ field: fieldOf(field), message: says ?? `${ada} is at fault` }] };
    const { send } = await open(configOf(sendgrid));
    const error = (await refusal(send(hello))) as Error & { detail: string };
    expect(error).toMatchObject({ code });
    expect(error.detail.startsWith(`HTTP ${status}: ${means}`)).toBe(true);
    expect(error.message).not.toContain(ada);
    expect(sendgrid.posted).toHaveLength(1);
  },
);

test.each([
  [302, "", "provider.rejected"],
  [400, "[]", "provider.rejected"],
  [401, "<html>who are you</html>", "provider.unauthorized"],
  [404, "", "provider.rejected"],
  [405, '{"errors":[{"message":"method not allowed"}]}', "provider.rejected"],
  [415, "", "provider.rejected"],
  [429, "<html>slow down</html>", "provider.rate_limited"],
  [500, "", "provider.unknown_outcome"],
  [200, "<html>welcome to the hotel's network</html>", "provider.unknown_outcome"],
  [204, "", "provider.unknown_outcome"],
])("HTTP %i with the body %j is %s", async (status, body, code) => {
  await using sendgrid = await startSendgrid();
  sendgrid.mode = { status, body };
  const { send } = await open(configOf(sendgrid));
  expect(await refusal(send(hello))).toMatchObject({ code });
});

test("a mail that is taken without an id is taken", async () => {
  await using sendgrid = await startSendgrid();
  sendgrid.mode = { status: 202, body: "" };
  const { send } = await open(configOf(sendgrid));
  expect(await send(hello)).toEqual({ output: { messageId: null } });
});

test("a limit is waited for as long as SendGrid says, in either of its forms", async () => {
  await using sendgrid = await startSendgrid();
  sendgrid.now = () => Date.UTC(2026, 0, 2, 3, 4, 5);
  sendgrid.left = 1;
  const { send } = await open(configOf(sendgrid), { now: sendgrid.now });
  await send(hello);
  expect(await refusal(send(hello))).toMatchObject({ code: "provider.rate_limited", retryAfterMs: 3_600_000 });
  const reset = { "x-ratelimit-reset": String(Date.UTC(2026, 0, 2, 3, 4, 25) / 1_000) };
  for (const [headers, retryAfterMs] of [
    [reset, 20_000],
    [{ ...reset, "retry-after": "7" }, 7_000],
    [{ "x-ratelimit-reset": "1" }, 0],
    [{ "x-ratelimit-reset": "soon" }, undefined],
    [{ "x-ratelimit-reset": "99999999999" }, 86_400_000],
  ] as const) {
    sendgrid.mode = { status: 429, headers };
    expect((await refusal(send(hello))) as object).toMatchObject({ retryAfterMs });
  }
});

test("a plan without credits is asked again in an hour, and is no wrong key", async () => {
  await using sendgrid = await startSendgrid();
  sendgrid.mode = { status: 401, errors: [{ message: "Maximum credits exceeded" }] };
  const { send } = await open(configOf(sendgrid));
  expect(await refusal(send(hello))).toMatchObject({ code: "provider.rate_limited", retryAfterMs: 3_600_000 });
});

test("a wrong key, one that may not send, and a sender that nobody verified are told as such", async () => {
  await using sendgrid = await startSendgrid();
  const wrong = await open({ ...configOf(sendgrid), apiKey: "SG.wrong" });
  expect(await refusal(wrong.send(hello))).toMatchObject({ code: "provider.unauthorized", retry: "backoff" });
  const { send } = await open(configOf(sendgrid));
  sendgrid.verified = new Set(["news@example.com"]);
  expect(await refusal(send(hello))).toMatchObject({ code: "provider.rejected", retry: "never" });
  await send({ ...hello, from: "news@example.com" });
  sendgrid.keys.set(apiKey, ["stats.read"]);
  expect(await refusal(send(hello))).toMatchObject({ code: "provider.unauthorized", retry: "backoff" });
});

test("a provider that is gone took nothing", async () => {
  const sendgrid = await startSendgrid();
  const { send } = await open(configOf(sendgrid));
  await sendgrid.stop();
  expect(await refusal(send(hello))).toMatchObject({ code: "provider.unavailable", retry: "backoff" });
});
