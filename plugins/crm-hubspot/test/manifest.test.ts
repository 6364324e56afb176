import hubspot from "@wend/crm-hubspot";
import { expect, test } from "vitest";

const { config, actions } = hubspot.manifest;
const token = "pat-eu1-1";

test.each([
  { token },
  { token, contactKey: "wend_profile_id", webhookSecret: "a", previousWebhookSecret: "b", portalId: "62515" },
  { token, contactProperties: ["lifecyclestage"], dealProperties: ["dealstage"], pollSince: "2026-01-01T00:00:00Z" },
  { token, userIdProperty: "user_id", apiUrl: "https://api-eu1.hubapi.com" },
])("config %j is accepted", (value) => {
  expect(config.safeParse(value).error).toBeUndefined();
});

test.each([
  [{}, "token"],
  [{ token: "" }, "token"],
  [{ token: "a\r\nb: c" }, "token"],
  [{ token, apiUrl: "ftp://x.test" }, "apiUrl"],
  [{ token, contactKey: "E-Mail" }, "contactKey"],
  [{ token, contactKey: "email&x=1" }, "contactKey"],
  [{ token, portalId: "x" }, "portalId"],
  [{ token, userIdProperty: "" }, "userIdProperty"],
  [{ token, contactProperties: ["a b"] }, "contactProperties"],
  [{ token, pollSince: "yesterday" }, "pollSince"],
])("config %j is refused for %s", (value, field) => {
  expect([...new Set(config.safeParse(value).error?.issues.map(({ path }) => path[0]))]).toEqual([field]);
});

test.each([
  ["upsertContact", { contact: "" }],
  ["upsertContact", { contact: "a", properties: { "First Name": "x" } }],
  ["upsertContact", { contact: "a", properties: { a: {} } }],
  ["upsertCompany", { domain: "https://example.test/x" }],
  ["upsertCompany", { domain: "localhost" }],
  ["dealNote", { deal: "7/../8", body: "x" }],
  ["dealNote", { deal: "7", body: "" }],
  ["createTask", { contact: "a", subject: "x", dueAt: "tomorrow" }],
  ["createTask", { contact: "a", subject: "x", dueAt: "2026-03-01T09:00:00Z", priority: "URGENT" }],
  ["createTask", { contact: "a", subject: "x", dueAt: "2026-03-01T09:00:00Z", ownerId: "ada" }],
  ["enrol", { contact: "a", journey: "b" }],
  ["enrol", { contact: "a", journey: "b", step: "c", nextTouchAt: "soon" }],
] as const)("%s refuses %j", (action, input) => {
  expect(actions[action].input.safeParse(input).success).toBe(false);
});

test("an upsert may be repeated, and what is created once is asked about first", () => {
  const declared = Object.entries(actions).map(([name, { dedupe }]) => [name, dedupe.by]);
  expect(Object.fromEntries(declared)).toEqual({
    upsertContact: "natural",
    upsertCompany: "natural",
    enrol: "natural",
    dealNote: "lookup",
    createTask: "lookup",
  });
});
