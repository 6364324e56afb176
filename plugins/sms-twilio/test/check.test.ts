import { expect, test } from "vitest";
import type { FakeTwilioOptions } from "./fake-twilio.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { configOf, open } from "./open.ts";

const apiKeySid = `SK${"c".repeat(32)}`;
const { signal } = new AbortController();

async function problemsOf(options: FakeTwilioOptions, changes: object) {
  await using twilio = await startFakeTwilio({ apiKeys: { [apiKeySid]: "key-secret" }, ...options });
  const { connection } = await open({ ...configOf(twilio), ...changes });
  const { problems } = await connection.check!(signal);
  expect(twilio.posts).toEqual([]);
  return problems.map(({ code, pointer }) => [code, pointer]);
}

test.each<[string, FakeTwilioOptions, object, string[][]]>([
  ["right credentials", {}, {}, []],
  ["a right API key", {}, { apiKeySid, apiKeySecret: "key-secret" }, []],
  ["a wrong token", {}, { authToken: "wrong" }, [["provider.unauthorized", "/authToken"]]],
  ["another account", {}, { accountSid: `AC${"9".repeat(32)}` }, [["provider.unauthorized", "/authToken"]]],
  ["a wrong API key", {}, { apiKeySid, apiKeySecret: "wrong" }, [["provider.unauthorized", "/apiKeySecret"]]],
  [
    "a wrong token beside a right API key: webhooks could not be verified",
    {},
    { authToken: "wrong", apiKeySid, apiKeySecret: "key-secret" },
    [["provider.unauthorized", "/authToken"]],
  ],
  ["a suspended account", { accountStatus: "suspended" }, {}, [["provider.unauthorized", "/accountSid"]]],
])("%s", async (_, ...[options, changes, problems]) => {
  expect(await problemsOf(options, changes)).toEqual(problems);
});

test("a provider that is gone is a problem of the URL, once for each that was asked", async () => {
  const twilio = await startFakeTwilio();
  await twilio.stop();
  const { connection } = await open(configOf(twilio));
  expect((await connection.check!(signal)).problems).toMatchObject([{ code: "provider.unavailable", pointer: "/url" }]);
});
