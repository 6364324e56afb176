import supportZendesk from "@wend/support-zendesk";
import { expect, test } from "vitest";

const { config, actions } = supportZendesk.manifest;
const url = "https://example.zendesk.com";
const email = "agent@example.test";

test.each([
  { url, email, apiToken: "t" },
  { url: `${url}/`, oauthToken: "t", webhookSecret: "s", previousWebhookSecret: "p" },
  { url: "http://127.0.0.1:4010", oauthToken: "t", externalIdsAreUserIds: false },
])("config %j is accepted", (value) => {
  expect(config.safeParse(value).error).toBeUndefined();
});

test.each([
  [{ url }, "apiToken"],
  [{ url, email, apiToken: "t", oauthToken: "t" }, "apiToken"],
  [{ url, apiToken: "t" }, "email"],
  [{ url, email, oauthToken: "t" }, "email"],
  [{ url: "http://example.zendesk.com", oauthToken: "t" }, "url"],
  [{ url: `${url}/api/v2`, oauthToken: "t" }, "url"],
  [{ url: `${url}?a=b`, oauthToken: "t" }, "url"],
  [{ url: "https://a:b@example.zendesk.com", oauthToken: "t" }, "url"],
  [{ url: "example", oauthToken: "t" }, "url"],
  [{ url, oauthToken: "" }, "oauthToken"],
  [{ url, oauthToken: "t", webhookSecret: "" }, "webhookSecret"],
  [{ url, oauthToken: "t", webhookSecret: "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==" }, "webhookSecret"],
])("config %j is refused for %s", (value, field) => {
  expect(config.safeParse(value).error?.issues.map(({ path }) => path[0])).toEqual([field]);
});

const ticket = "latestOpen";

test.each([
  ["openTicket", { subject: "a", text: "b" }],
  [
    "openTicket",
    { subject: "a", html: "b", tags: ["{{ profile.plan }}"], customFields: { "360": "{{ profile.id }}" } },
  ],
  ["comment", { ticket: "opened", text: "b", public: false }],
  ["comment", { ticket: "{{ event.ticket }}", html: "b", public: true }],
  ["tag", { ticket: "35436", add: ["a"] }],
  ["tag", { ticket, remove: ["a"] }],
  ["solve", { ticket }],
  ["findOpenTickets", {}],
])("input of %s %j is accepted", (action, value) => {
  expect(actions[action as keyof typeof actions].input.safeParse(value).error).toBeUndefined();
});

test.each([
  ["openTicket", { subject: "a" }],
  ["openTicket", { subject: "a", text: "b", html: "c" }],
  ["openTicket", { subject: "", text: "b" }],
  ["openTicket", { subject: "a", text: "b", priority: "burning" }],
  ["openTicket", { subject: "a", text: "b", customFields: { colour: "red" } }],
  ["comment", { ticket, text: "b" }],
  ["comment", { ticket: "latest", text: "b", public: true }],
  ["comment", { ticket: "0", text: "b", public: true }],
  ["tag", { ticket }],
  ["tag", { ticket, add: [], remove: [] }],
  ["solve", {}],
  ["solve", { ticket: "12/tags" }],
])("input of %s %j is refused", (action, value) => {
  expect(actions[action as keyof typeof actions].input.safeParse(value).success).toBe(false);
});
