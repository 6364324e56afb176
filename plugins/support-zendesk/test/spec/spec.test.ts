import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SpecJudge } from "@wend/plugin/testing";
import { startSpecJudge } from "@wend/plugin/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Zendesk } from "../fake/start-zendesk.ts";
import { startZendesk } from "../fake/start-zendesk.ts";
import { address, open, run } from "../open.ts";
import { judgedSpec } from "./judged-spec.ts";

const specFile = join(process.env.WEND_SHARED ?? "nothing", "specs/zendesk.yaml");
const hasSpec = existsSync(specFile);
if (!hasSpec) console.log("skipped: WEND_SHARED names no folder with specs/zendesk.yaml, so nothing is held to it");

describe.runIf(hasSpec)("held to Zendesk's own specification", () => {
  let zendesk: Zendesk;
  let judge: SpecJudge;
  const { signal } = new AbortController();

  beforeAll(async () => {
    zendesk = await startZendesk();
    judge = await startSpecJudge({ spec: judgedSpec(await readFile(specFile, "utf8")), upstream: zendesk.url });
  }, 60_000);

  afterAll(async () => {
    await judge?.[Symbol.asyncDispose]();
    await zendesk?.stop();
  });

  test("every request of the plugin and every answer of the stand-in is legal", async () => {
    const { call, connection } = await open(judge);
    expect(await connection.check?.(signal)).toEqual({ problems: [] });
    const { providerId: ticket = "" } = await call("openTicket", {
      subject: "Renewal",
      html: "<p>Call back.</p>",
      requesterName: "Ada",
      externalId: "u-1",
      priority: "high",
      type: "task",
      tags: ["vip"],
      customFields: { "360001": "gold" },
    });
    expect(await connection.lookup?.(`${run}:1`, "openTicket", signal)).toEqual({
      outcome: "accepted",
      providerId: ticket,
    });
    const second = { idempotencyKey: `${run}:2` };
    await call("comment", { ticket: "latestOpen", text: "Paid.", public: false }, second);
    expect(await connection.lookup?.(`${run}:2`, "comment", signal)).toMatchObject({ outcome: "accepted" });
    await call("tag", { ticket, add: ["a"], remove: ["vip"] });
    expect(await call("findOpenTickets", { externalId: "u-1" })).toMatchObject({ output: { tickets: [{ ticket }] } });
    expect(await call("solve", { ticket })).toEqual({ output: { ticket, status: "solved" } });
    expect(zendesk.state.ticket(Number(ticket))).toMatchObject({ tags: ["a"], status: "solved" });
  });

  test("a ticket of an unnamed customer without anything optional is legal", async () => {
    const { call } = await open(judge);
    const third = { idempotencyKey: `${run}:3`, address: "new@example.test" };
    await call("openTicket", { subject: "Renewal", text: "Call back." }, third);
    expect(await call("findOpenTickets", {}, third)).toMatchObject({ output: { tickets: [{ priority: null }] } });
    expect(zendesk.state.users.find(({ email }) => email === address)?.external_id).toBe("u-1");
  });

  test("the judge refuses a request that is not legal, and an answer that is not", async () => {
    const { length } = zendesk.asked;
    const wrong = await fetch(`${judge.url}/api/v2/tickets`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Basic eDp5" },
      body: JSON.stringify({ ticket: { comment: { body: "Hot." }, priority: "burning" } }),
    });
    expect(wrong.status).toBe(422);
    expect(zendesk.asked).toHaveLength(length);
    zendesk.interrupt(() => ({ status: 200, body: { user: { id: "seven" } } }));
    const answered = await fetch(`${judge.url}/api/v2/users/me`, { headers: { authorization: "Basic eDp5" } });
    zendesk.interrupt(() => undefined);
    expect(answered.status).toBe(500);
    expect(zendesk.asked).toHaveLength(length + 1);
  });
});
