import { describe, expect, test } from "vitest";
import { startZendesk } from "./fake/start-zendesk.ts";
import { address, open, refusal, run } from "./open.ts";

const input = { subject: "Renewal is due", text: "Please call back." };
const key = `${run}:1`;

test("a ticket carries the text, the customer as requester, the key as external id and both ids in its audit", async () => {
  await using zendesk = await startZendesk();
  const { call } = await open(zendesk);
  const accepted = await call("openTicket", {
    ...input,
    requesterName: "Ada Lovelace",
    priority: "high",
    type: "task",
    tags: ["vip", "two words", " "],
    customFields: { "360001": "gold", "360002": ["a", "b"], "360003": true },
  });
  const [ticket] = zendesk.state.tickets;
  expect(accepted).toEqual({ providerId: String(ticket?.id), output: { ticket: String(ticket?.id), status: "new" } });
  expect(ticket).toMatchObject({
    subject: "Renewal is due",
    priority: "high",
    type: "task",
    tags: ["vip", "two_words"],
    external_id: key,
    custom_fields: [
      { id: 360_001, value: "gold" },
      { id: 360_002, value: ["a", "b"] },
      { id: 360_003, value: true },
    ],
  });
  expect(zendesk.state.users.at(-1)).toMatchObject({ id: ticket?.requester_id, email: address, name: "Ada Lovelace" });
  expect(zendesk.state.comments(ticket!.id)).toMatchObject([{ body: "Please call back.", public: true }]);
  expect(zendesk.state.audits[0]?.metadata.custom).toEqual({
    wend_key: key,
    wend_delivery: "0198c2a1-7a10-7000-8000-00000000000a",
  });
});

test("html goes as html, and a ticket that is not public hides its text from the customer", async () => {
  await using zendesk = await startZendesk();
  const { call } = await open(zendesk);
  await call("openTicket", { subject: "Risk", html: "<p>Churn</p>", public: false });
  const { comment } = JSON.parse(zendesk.asked.at(-1)!.body).ticket;
  expect(comment).toEqual({ html_body: "<p>Churn</p>", public: false });
});

test.each([
  [{ email: "agent@example.test", apiToken: "t0ken" }, `Basic ${btoa("agent@example.test/token:t0ken")}`],
  [{ email: undefined, apiToken: undefined, oauthToken: "0auth" }, "Bearer 0auth"],
])("config %j authorizes as %s", async (config, authorization) => {
  await using zendesk = await startZendesk();
  const { call } = await open(zendesk, { config });
  await call("openTicket", input);
  expect(zendesk.asked[0]?.headers.authorization).toBe(authorization);
});

describe("external ids", () => {
  test("a user that has the external id is the requester and stays as it is", async () => {
    await using zendesk = await startZendesk();
    const user = zendesk.state.addUser({ name: "Countess", email: "other@example.test", external_id: "u-1" });
    const { call } = await open(zendesk);
    await call("openTicket", { ...input, externalId: "u-1", requesterName: "Ada" });
    expect(zendesk.state.tickets[0]?.requester_id).toBe(user.id);
    expect(user).toMatchObject({ name: "Countess", email: "other@example.test" });
  });

  test("a new user gets the external id, and an address that is known already too", async () => {
    await using zendesk = await startZendesk();
    const known = zendesk.state.addUser({ email: address });
    const { call } = await open(zendesk);
    await call("openTicket", { ...input, externalId: "u-1", requesterName: "Ada" });
    expect(known).toMatchObject({ external_id: "u-1", name: "Ada" });
    await call(
      "openTicket",
      { ...input, externalId: "u-2" },
      { address: "new@example.test", idempotencyKey: `${run}:2` },
    );
    expect(zendesk.state.users.at(-1)).toMatchObject({ external_id: "u-2", email: "new@example.test" });
  });

  test("one that rendered to nothing is none", async () => {
    await using zendesk = await startZendesk();
    const { call } = await open(zendesk);
    await call("openTicket", { ...input, externalId: " " });
    expect(zendesk.asked.map(({ path }) => path)).toEqual(["/api/v2/tickets"]);
  });
});

describe("opened exactly once", () => {
  test("a call whose answer was lost opens no second ticket when it is repeated", async () => {
    await using zendesk = await startZendesk();
    const { call } = await open(zendesk);
    zendesk.interrupt(() => "take-and-drop");
    expect(await refusal(call("openTicket", input))).toMatchObject({ code: "provider.unknown_outcome" });
    zendesk.interrupt(() => undefined);
    const { providerId } = await call("openTicket", input, { attempt: 2 });
    expect(zendesk.state.tickets.map(({ id }) => String(id))).toEqual([providerId]);
  });

  test("repeated with another text it stays unknown, until the lookup finds the ticket of the first text", async () => {
    await using zendesk = await startZendesk();
    const { call, connection } = await open(zendesk);
    zendesk.interrupt(() => "take-and-drop");
    await refusal(call("openTicket", input));
    zendesk.interrupt(() => undefined);
    const again = call("openTicket", { ...input, text: "Rendered anew." }, { attempt: 2 });
    expect(await refusal(again)).toMatchObject({
      code: "provider.unknown_outcome",
      detail: "HTTP 400 IdempotentRequestError.",
    });
    const found = await connection.lookup?.(key, "openTicket", new AbortController().signal);
    expect(found).toEqual({ outcome: "accepted", providerId: String(zendesk.state.tickets[0]?.id) });
    expect(zendesk.state.tickets).toHaveLength(1);
  });

  test("the lookup finds the ticket after Zendesk has forgotten the key", async () => {
    await using zendesk = await startZendesk();
    const { call, connection } = await open(zendesk);
    const { providerId } = await call("openTicket", input);
    zendesk.state.now += 3 * 3_600_000;
    expect(zendesk.state.keptFor(key)).toBeUndefined();
    const { signal } = new AbortController();
    expect(await connection.lookup?.(key, "openTicket", signal)).toEqual({ outcome: "accepted", providerId });
    expect(await connection.lookup?.(`${run}:2`, "openTicket", signal)).toEqual({ outcome: "absent" });
  });
});
