import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SpecJudge } from "@wend/plugin/testing";
import { startSpecJudge } from "@wend/plugin/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hubspot } from "../fake/start-hubspot.ts";
import { startHubspot, TOKEN } from "../fake/start-hubspot.ts";
import { open, signal } from "../open.ts";
import { judgedSpec } from "./judged-spec.ts";

const specs = join(process.env.WEND_SHARED ?? "nothing", "specs");
const hasSpecs = existsSync(join(specs, "hubspot-contacts.json"));
if (!hasSpecs)
  console.log("skipped: WEND_SHARED names no folder with specs/hubspot-*.json, so nothing is held to them");

describe.runIf(hasSpecs)("held to HubSpot's own specifications", () => {
  let hubspot: Hubspot;
  let judge: SpecJudge;

  beforeAll(async () => {
    hubspot = await startHubspot();
    judge = await startSpecJudge({ spec: await judgedSpec(specs), upstream: hubspot.url });
  }, 60_000);

  afterAll(async () => {
    await judge?.[Symbol.asyncDispose]();
    await hubspot?.stop();
  });

  /** What the specifications do not describe, properties and associations, goes past the judge. */
  const judged = (input: string | URL | Request, init?: RequestInit) => {
    const url = String(input);
    const isDescribed = url.startsWith(`${judge.url}/crm/v3/objects/`);
    return fetch(isDescribed ? url : url.replace(judge.url, hubspot.url), init);
  };

  test("every request of the plugin and every answer of the stand-in is legal", async () => {
    const watched = { contactProperties: ["lifecyclestage"], dealProperties: ["dealstage"] };
    const config = { ...watched, pollSince: "2026-01-01T00:00:00Z", userIdProperty: "user_id" };
    const { call, batch, connection } = await open(judge.url, config, { fetch: judged as typeof fetch });
    const contact = "ada@example.test";
    const properties = { lifecyclestage: "lead", user_id: "u-1" };
    await expect(call("upsertContact", { contact, properties })).resolves.toMatchObject({ output: { created: true } });
    await call("enrol", { contact, journey: "Onboarding", step: "welcome" });
    expect(await batch("enrol", [{ contact: "nobody@example.test", journey: "a", step: "b" }])).toMatchObject([
      { error: { code: "provider.rejected" } },
    ]);
    await call("upsertCompany", { domain: "example.test" });
    hubspot.tables.companies!.create({ domain: "other.test" }, Date.now());
    await call("upsertCompany", { domain: "other.test" });
    const task = { contact, subject: "Call Ada", dueAt: "2026-03-01T09:00:00Z", ownerId: "77", priority: "LOW" };
    const { providerId } = await call("createTask", task);
    expect(await connection.lookup!("run-1:1", "createTask", signal)).toEqual({ outcome: "accepted", providerId });
    expect(await connection.lookup!("run-1:2", "createTask", signal)).toEqual({ outcome: "absent" });
    const deal = hubspot.tables.deals!.create({ dealstage: "open" }, Date.now());
    deal.associations.push({ to: "501", typeId: 3 });
    await call("dealNote", { deal: deal.id, body: "<p>Opened the offer.</p>" });
    await call("dealNote", { deal: deal.id, body: "<p>Opened the offer.</p>" });
    expect(hubspot.tables.notes!.records.size).toBe(1);
    const { signals = [] } = await connection.poll!(null, signal);
    expect(signals.map(({ name, about }) => [name, about])).toEqual([
      ["CRM Contact Created", { userId: "u-1" }],
      ["CRM Contact Changed", { userId: "u-1" }],
      ["CRM Deal Created", { userId: "u-1" }],
      ["CRM Deal Changed", { userId: "u-1" }],
    ]);
  });

  test("the judge refuses a request that is not legal, and an answer that is not", async () => {
    const { length } = hubspot.asked;
    const headers = { "content-type": "application/json", authorization: `Bearer ${TOKEN}` };
    const init = { method: "POST", headers, body: JSON.stringify({ inputs: [{ properties: {} }] }) };
    const wrong = await fetch(`${judge.url}/crm/v3/objects/contacts/batch/upsert`, init);
    expect(wrong.status).toBe(422);
    expect(hubspot.asked).toHaveLength(length);
    hubspot.interrupt(() => ({ status: 200, body: { id: 7 } }));
    const answered = await fetch(`${judge.url}/crm/v3/objects/contacts/501`, { headers });
    hubspot.interrupt(() => undefined);
    expect(answered.status).toBe(500);
  });
});
