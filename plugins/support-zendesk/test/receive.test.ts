import supportZendesk from "@wend/support-zendesk";
import { describe, expect, test } from "vitest";
import { startZendesk } from "./fake/start-zendesk.ts";
import { address, open, refusal, run } from "./open.ts";
import { eventOf, signedAt, webhookOf, webhookSecret } from "./webhook.ts";

const config = { webhookSecret, triggerSecret: "of-the-trigger" };

async function startWithUser(user: { email?: string | null; external_id?: string | null } = {}) {
  const zendesk = await startZendesk();
  const requester = zendesk.state.addUser({ email: address, external_id: "u-1", ...user });
  const { connection, host } = await open(zendesk, { config });
  const hear = async (type: string, event: object, detail: object = {}) => {
    const request = webhookOf(eventOf(type, event, { requester_id: String(requester.id), ...detail }));
    return (await connection.receive!(request)).signals?.[0];
  };
  return Object.assign(zendesk, { hear, host, receive: connection.receive! });
}

describe("an event becomes a signal", () => {
  const state = { ticket: "5158", priority: "high", tags: ["vip"] };

  test.each([
    {
      type: "created",
      event: {},
      name: "Ticket Opened",
      data: { ...state, status: "open", subject: "Cannot log in", via: "web_service" },
    },
    {
      type: "status_changed",
      event: { current: "SOLVED", previous: "OPEN" },
      name: "Ticket Solved",
      data: { ...state, status: "solved", previousStatus: "open" },
    },
    {
      type: "status_changed",
      event: { current: "CLOSED", previous: "PENDING" },
      name: "Ticket Solved",
      data: { ...state, status: "closed", previousStatus: "pending" },
    },
    {
      type: "status_changed",
      event: { current: "OPEN", previous: "SOLVED" },
      name: "Ticket Reopened",
      data: { ...state, status: "open", previousStatus: "solved" },
    },
    {
      type: "priority_changed",
      event: { current: "URGENT", previous: null },
      name: "Ticket Priority Changed",
      data: { ticket: "5158", status: "open", priority: "urgent", previousPriority: null },
    },
    {
      type: "csat_received",
      event: { satisfaction_score: { score: "BAD", comment: "Slow." } },
      name: "Satisfaction Rated",
      data: { ticket: "5158", score: "bad", comment: "Slow." },
    },
  ] as const)("$type is $name", async ({ type, event, name, data }) => {
    await using zendesk = await startWithUser();
    const signal = await zendesk.hear(type, event);
    expect(signal).toEqual({
      name,
      about: { userId: "u-1" },
      id: "a8b9c1d2-3e4f-5a6b-7c8d-9e0f1a2b3c4d",
      at: Date.parse("2026-01-02T03:04:04.987Z"),
      data,
    });
    expect(supportZendesk.manifest.signals?.[name]?.data.strict().safeParse(data).error).toBeUndefined();
  });

  test.each([
    ["status_changed", { current: "CLOSED", previous: "SOLVED" }],
    ["status_changed", { current: "PENDING", previous: "OPEN" }],
    ["comment_added", { comment: { body: "Hi" } }],
    ["constructor", {}],
  ])("%s %j is taken and tells nothing", async (type, event) => {
    await using zendesk = await startWithUser();
    expect(await zendesk.hear(type, event)).toBeUndefined();
    expect(zendesk.asked).toEqual([]);
  });

  test("what the console's test button sends is taken", async () => {
    await using zendesk = await startWithUser();
    await expect(zendesk.receive(webhookOf({ hello: "world" }))).resolves.not.toHaveProperty("signals");
  });

  test.each([
    ["no JSON", "{"],
    ["an event without a ticket", { type: "zen:event-type:ticket.created", id: "1", time: signedAt }],
    ["a change without a status", eventOf("status_changed", { current: null, previous: "OPEN" })],
    ["a time that is none", { ...eventOf("created", {}), time: "yesterday" }],
  ])("%s is unreadable, though genuine", async (_, body) => {
    await using zendesk = await startWithUser();
    expect(await refusal(zendesk.receive(webhookOf(body)))).toMatchObject({ code: "webhook.unreadable" });
  });
});

describe("whom it is about", () => {
  const key = `${run}:3`;

  test("your user, by the requester's external id, also for a ticket of ours", async () => {
    await using zendesk = await startWithUser();
    expect(await zendesk.hear("created", {}, { external_id: key })).toMatchObject({ about: { userId: "u-1" } });
  });

  test("without one, whoever we opened the ticket for", async () => {
    await using zendesk = await startWithUser({ external_id: null });
    expect(await zendesk.hear("created", {}, { external_id: key })).toMatchObject({ about: { idempotencyKey: key } });
  });

  test("without either, the requester's address; another system's external id of a ticket says nothing", async () => {
    await using zendesk = await startWithUser({ external_id: null });
    expect(await zendesk.hear("created", {}, { external_id: "ORDER-17" })).toMatchObject({
      about: { address, kind: "email" },
    });
  });

  test("nobody, when Zendesk knows no name: the log says so without one", async () => {
    await using zendesk = await startWithUser({ external_id: null, email: null });
    expect(await zendesk.hear("created", {})).toBeUndefined();
    expect(zendesk.host.lines).toMatchObject([{ level: "warn", fields: { fact: "Ticket Opened" } }]);
  });

  test("external ids that are not your user ids name nobody", async () => {
    await using zendesk = await startZendesk();
    const user = zendesk.state.addUser({ email: address, external_id: "crm-7" });
    const { connection } = await open(zendesk, { config: { ...config, externalIdsAreUserIds: false } });
    const { signals } = await connection.receive!(webhookOf(eventOf("created", {}, { requester_id: String(user.id) })));
    expect(signals).toMatchObject([{ about: { address, kind: "email" } }]);
  });

  test("while Zendesk cannot be asked, a ticket of ours says it, and any other webhook comes again", async () => {
    await using zendesk = await startWithUser();
    zendesk.interrupt(() => ({ status: 503 }));
    expect(await zendesk.hear("created", {}, { external_id: key })).toMatchObject({ about: { idempotencyKey: key } });
    expect(await refusal(zendesk.hear("created", {}))).toMatchObject({ code: "provider.unavailable" });
  });
});

describe("a rating that a trigger tells of", () => {
  const rated = {
    type: "wend.satisfaction_rated",
    ticket: "35436",
    ticket_external_id: "",
    requester_external_id: "u-1",
    requester_email: address,
    score: "Good",
    comment: "Great support!",
    rated_at: "2026-01-02T03:04:00Z",
  };
  const secret = "of-the-trigger";

  test("becomes a signal, and Zendesk is asked nothing", async () => {
    await using zendesk = await startWithUser();
    const { signals } = await zendesk.receive(webhookOf(rated, { secret }));
    expect(signals).toEqual([
      {
        name: "Satisfaction Rated",
        about: { userId: "u-1" },
        id: "rating:35436:good:2026-01-02T03:04:00Z",
        at: Date.parse("2026-01-02T03:04:00Z"),
        data: { ticket: "35436", score: "good", comment: "Great support!" },
      },
    ]);
    expect(zendesk.asked).toEqual([]);
  });

  test("keeps to the time of its signature when it has none of its own, and empty placeholders are nothing", async () => {
    await using zendesk = await startWithUser();
    const body = { ...rated, score: "Bad, with reason", comment: "", rated_at: "", requester_external_id: "" };
    const { signals } = await zendesk.receive(webhookOf(body, { secret }));
    expect(signals).toMatchObject([
      { about: { address }, at: Date.parse(signedAt), data: { score: "bad", comment: null } },
    ]);
  });

  test("without a ticket or a score is unreadable", async () => {
    await using zendesk = await startWithUser();
    const request = webhookOf({ ...rated, score: "" }, { secret });
    expect(await refusal(zendesk.receive(request))).toMatchObject({ code: "webhook.unreadable" });
  });
});
