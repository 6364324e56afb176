import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SpecJudge } from "@wend/plugin/testing";
import { startSpecJudge } from "@wend/plugin/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FakeTwilio } from "./fake-twilio.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { ada, configOf, open, refusal } from "./open.ts";

const shared = process.env.WEND_SHARED;
const spec = shared === undefined ? undefined : join(shared, "specs/twilio_api_v2010.json");
const found = spec !== undefined && existsSync(spec);
if (!found) console.log("skipped: Twilio's own OpenAPI file is not there (WEND_SHARED/specs/twilio_api_v2010.json)");

// Prism stands between the plugin and the fake, and judges what goes to and fro by Twilio's own OpenAPI file.
describe.runIf(found)("by Twilio's own OpenAPI file", () => {
  const apiKeySid = `SK${"c".repeat(32)}`;
  let twilio: FakeTwilio;
  let judge: SpecJudge;
  let url: string;

  beforeAll(async () => {
    twilio = await startFakeTwilio({ apiKeys: { [apiKeySid]: "key-secret" } });
    judge = await startSpecJudge({ spec: await readFile(spec!, "utf8"), upstream: twilio.url });
    url = judge.url;
  });

  afterAll(async () => {
    await judge?.[Symbol.asyncDispose]();
    await twilio.stop();
  });

  const config = () => ({ ...configOf(twilio), url });

  test("a message from a number is a valid request, and so is the answer", async () => {
    const { send } = await open(config());
    const { providerId } = await send({ text: "Grüße & more 👋", validitySeconds: 60 });
    expect(twilio.messages.get(providerId!)).toMatchObject({ to: ada, body: "Grüße & more 👋" });
  });

  test("a message by a messaging service is a valid request, and so is the answer", async () => {
    const { senders: _, ...rest } = config();
    const { send } = await open({ ...rest, messagingServiceSid: `MG${"b".repeat(32)}` });
    expect((await send({ text: "Hello" })).output.from).toBeNull();
  });

  test("check asks a valid question of the account, and hears a valid answer", async () => {
    const { connection } = await open(config());
    expect(await connection.check!(new AbortController().signal)).toEqual({ problems: [] });
  });

  // The file calls the links of a page URIs, and its own examples give paths: so does the fake, and Twilio.
  test("with an API key check asks for messages, and the answer is valid but for the links of a page", async () => {
    const { connection, host } = await open({ ...config(), apiKeySid, apiKeySecret: "key-secret" }, { fetch: asking });
    await connection.check!(new AbortController().signal);
    expect(host.lines).toEqual([]);
    const listed = asked.find(({ path }) => path.endsWith("/Messages.json?PageSize=1"));
    expect(listed?.status).toBe(500);
    const faults = (JSON.parse(listed!.body) as { validation: { location: string[]; message: string }[] }).validation;
    expect(faults.map(({ location }) => location.at(-1)).sort()).toEqual(["first_page_uri", "uri"]);
    for (const { message } of faults) expect(message).toContain('must match format "uri"');
  });

  const asked: { path: string; status: number; body: string }[] = [];
  const asking: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { pathname, search } = new URL(String(input));
    asked.push({ path: pathname + search, status: response.status, body: await response.clone().text() });
    return response;
  };

  test("the judge is awake: an answer that Twilio would not give is not let through", async () => {
    const { send } = await open(config());
    const body = JSON.stringify({ sid: "XX1", status: "teleported" });
    twilio.behave({ status: 201, headers: { "content-type": "application/json" }, body });
    expect(await refusal(send({ text: "Hello" }))).toMatchObject({ code: "provider.unknown_outcome" });
    const headers = { authorization: twilio.posts[0]!.authorization };
    const path = `${url}/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`;
    const form = new URLSearchParams({ To: ada, MessagingServiceSid: "MG1", Body: "Hello" });
    expect((await fetch(path, { method: "POST", headers, body: form })).status).toBe(422);
    const judged = await fetch(path, {
      method: "POST",
      headers,
      body: new URLSearchParams({ To: ada, Body: "Hello" }),
    });
    expect(judged.status).toBe(500);
    twilio.behave("accept");
  });
});
