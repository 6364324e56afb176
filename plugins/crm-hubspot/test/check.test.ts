import { expect, test } from "vitest";
import { startHubspot, TOKEN } from "./fake/start-hubspot.ts";
import { open, signal } from "./open.ts";

test("check tells which properties are missing and how to create them, and creates none", async () => {
  await using hubspot = await startHubspot();
  hubspot.tables.contacts!.unique.delete("wend_next_touch_at");
  hubspot.tables.tasks!.unique.delete("wend_delivery_key");
  const { connection } = await open(hubspot.url);
  const { problems } = await connection.check!(signal);
  expect(problems.map(({ message, fix }) => [message, fix])).toEqual([
    [
      "The HubSpot account has no property wend_next_touch_at of contacts; enrol needs it.",
      'Create it: POST /crm/v3/properties/contacts {"name":"wend_next_touch_at","label":"Wend next touch","type":"datetime","fieldType":"date","groupName":"contactinformation"}',
    ],
    [
      "The HubSpot account has no property wend_delivery_key of tasks; createTask needs it.",
      'Create it: POST /crm/v3/properties/tasks {"name":"wend_delivery_key","label":"Wend delivery key","type":"string","fieldType":"text","groupName":"task","hasUniqueValue":true}',
    ],
  ]);
  expect(hubspot.asked.every(({ method }) => method === "GET")).toBe(true);
});

test("a key that does not require unique values is a problem", async () => {
  await using hubspot = await startHubspot();
  hubspot.define("contacts", "customer_number");
  const { connection } = await open(hubspot.url, { contactKey: "customer_number" });
  const { problems } = await connection.check!(signal);
  expect(problems.map(({ message }) => message)).toEqual([
    "The property customer_number of contacts does not require unique values; upsertContact needs that.",
  ]);
});

test("a property that the connection names and the account does not have is a problem", async () => {
  await using hubspot = await startHubspot();
  hubspot.define("deals", "dealstage");
  const watched = { contactProperties: ["email", "sttage"], dealProperties: ["dealstage", "ammount"] };
  const { connection } = await open(hubspot.url, { userIdProperty: "user_idd", ...watched });
  const { problems } = await connection.check!(signal);
  expect(problems.map(({ pointer }) => pointer)).toEqual([
    "/userIdProperty",
    "/contactProperties/1",
    "/dealProperties/1",
  ]);
});

test("wrong credentials point to the token, and do not show it", async () => {
  await using hubspot = await startHubspot();
  const { connection } = await open(hubspot.url, { token: `${TOKEN}x` });
  const { problems } = await connection.check!(signal);
  expect(problems).toMatchObject([{ code: "provider.unauthorized", pointer: "/token" }]);
  expect(JSON.stringify(problems)).not.toContain(TOKEN);
});

test("a HubSpot that is gone is a problem", async () => {
  const hubspot = await startHubspot();
  await hubspot.stop();
  const { connection } = await open(hubspot.url);
  expect((await connection.check!(signal)).problems).toMatchObject([{ code: "provider.unavailable" }]);
});
