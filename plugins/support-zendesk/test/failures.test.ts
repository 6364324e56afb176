import { describe, expect, test } from "vitest";
import { errorRows } from "../src/errors.ts";
import type { Asked } from "./fake/routes.ts";
import { startZendesk } from "./fake/start-zendesk.ts";
import { address, open, refusal } from "./open.ts";

const input = { subject: "Renewal", text: "Call back." };
const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);

const rows: readonly (readonly [status: number, error: string | undefined, code: string])[] = [
  [400, "IdempotentRequestError", "provider.unknown_outcome"],
  [401, "Couldn't authenticate you", "provider.unauthorized"],
  [403, "Forbidden", "provider.unauthorized"],
  [409, "UpdateConflict", "provider.unavailable"],
  [408, undefined, "provider.unavailable"],
  [425, undefined, "provider.unavailable"],
  [503, undefined, "provider.unavailable"],
  [429, "TooManyRequests", "provider.rate_limited"],
  [500, undefined, "provider.unknown_outcome"],
  [502, undefined, "provider.unknown_outcome"],
  [504, undefined, "provider.unknown_outcome"],
  [524, undefined, "provider.unknown_outcome"],
  [301, undefined, "provider.rejected"],
  [302, undefined, "provider.rejected"],
  [400, "BadRequest", "provider.rejected"],
  [404, "RecordNotFound", "provider.rejected"],
  [413, undefined, "provider.rejected"],
  [422, "RecordInvalid", "provider.rejected"],
];

describe("an answer decides what happens next", () => {
  test.each(rows)("%d %s is %s", async (status, error, code) => {
    await using zendesk = await startZendesk();
    await using elsewhere = await startZendesk();
    zendesk.interrupt(() => ({ status, body: { error }, headers: { location: elsewhere.url } }));
    const { call } = await open(zendesk);
    expect(await refusal(call("openTicket", input))).toMatchObject({ code });
    expect(elsewhere.asked).toEqual([]);
  });

  test("every row of the table is tried", () => {
    const tabled = errorRows.flatMap(({ statuses, code }) => statuses.map((status) => `${status} ${code}`));
    expect(tabled.filter((row) => !rows.some(([status, , code]) => `${status} ${code}` === row))).toEqual([]);
  });
});

test.each([
  [429, { "retry-after": "17" }, 17_000],
  [429, { "retry-after": "Fri, 02 Jan 2026 03:04:35 GMT" }, 30_000],
  [429, { "ratelimit-reset": "42" }, 42_000],
  [429, {}, undefined],
  [503, { "retry-after": "5" }, 5_000],
  [409, {}, undefined],
])("status %d with %j is tried again after %s ms", async (status, headers, retryAfterMs) => {
  await using zendesk = await startZendesk();
  zendesk.interrupt(() => ({ status, headers }));
  const { call } = await open(zendesk, { host: { now } });
  expect(await refusal(call("openTicket", input))).toMatchObject({ retryAfterMs });
});

test("a refused field is named, and what Zendesk says of it is not repeated", async () => {
  await using zendesk = await startZendesk();
  const { call } = await open(zendesk);
  const error = await refusal(call("openTicket", { ...input, subject: "Too long" }));
  expect(error).toMatchObject({
    code: "provider.rejected",
    detail: "HTTP 422 RecordInvalid: subject (ValueTooLong).",
  });
  expect(JSON.stringify(error)).not.toContain(address);
});

test.each([
  [{ error: { title: "Forbidden", message: "no" } }, "HTTP 422."],
  [{ error: "RecordInvalid", details: { "a b <c>": [{ error: "x y" }] } }, "HTTP 422 RecordInvalid: a field."],
  [{ error: "RecordInvalid", details: "base" }, "HTTP 422 RecordInvalid."],
  ["text", "HTTP 422."],
])("a refusal %j is told as %j", async (body, detail) => {
  await using zendesk = await startZendesk();
  zendesk.interrupt(() => ({ status: 422, body }));
  const { call } = await open(zendesk);
  expect(await refusal(call("openTicket", input))).toMatchObject({ detail });
});

describe("the account's minute", () => {
  test("once nothing is left of it, nothing is asked until it begins anew", async () => {
    await using zendesk = await startZendesk();
    let at = now();
    zendesk.remaining = 1;
    const { call } = await open(zendesk, { host: { now: () => at } });
    await call("openTicket", input);
    expect(await refusal(call("openTicket", input))).toMatchObject({
      code: "provider.rate_limited",
      retryAfterMs: 42_000,
    });
    expect(zendesk.asked).toHaveLength(1);
    at += 42_000;
    zendesk.remaining = 100;
    await call("openTicket", input);
    expect(zendesk.asked).toHaveLength(2);
  });

  test("used up by others it is a 429, and the call comes later", async () => {
    await using zendesk = await startZendesk();
    zendesk.remaining = 0;
    const { call } = await open(zendesk);
    expect(await refusal(call("openTicket", input))).toMatchObject({
      code: "provider.rate_limited",
      retryAfterMs: 17_000,
    });
    expect(zendesk.state.tickets).toEqual([]);
  });
});

describe("what only reads before the action leaves nothing unknown", () => {
  const reads: readonly (readonly [string, (asked: Asked) => "drop" | { status: number } | undefined])[] = [
    ["closes the connection", ({ method }) => (method === "GET" ? "drop" : undefined)],
    ["answers 500", ({ method }) => (method === "GET" ? { status: 500 } : undefined)],
    ["answers 200 and nothing", ({ method }) => (method === "GET" ? { status: 200 } : undefined)],
  ];

  test.each(reads)("Zendesk %s", async (_, interruption) => {
    await using zendesk = await startZendesk();
    const user = zendesk.state.addUser({ email: address });
    zendesk.state.addTicket({ requester_id: user.id });
    zendesk.interrupt(interruption);
    const { call } = await open(zendesk);
    for (const action of ["solve", "comment"] as const) {
      const refused = call(action, { ticket: "latestOpen", text: "x", public: true } as never);
      expect(await refusal(refused)).toMatchObject({ code: "provider.unavailable" });
    }
  });

  test("making the requester known is done again as it was", async () => {
    await using zendesk = await startZendesk();
    zendesk.interrupt(({ path }) => (path.endsWith("create_or_update") ? "take-and-drop" : undefined));
    const { call } = await open(zendesk);
    const named = { ...input, externalId: "u-1" };
    expect(await refusal(call("openTicket", named))).toMatchObject({ code: "provider.unavailable" });
    zendesk.interrupt(() => undefined);
    await call("openTicket", named, { attempt: 2 });
    expect(zendesk.state.users.filter(({ external_id }) => external_id === "u-1")).toHaveLength(1);
    expect(zendesk.state.tickets).toHaveLength(1);
  });
});

test("201 with an answer that is not Zendesk's leaves the outcome unknown", async () => {
  await using zendesk = await startZendesk();
  zendesk.interrupt(() => ({ status: 201, body: { page: "proxy" } }));
  const { call } = await open(zendesk);
  expect(await refusal(call("openTicket", input))).toMatchObject({ code: "provider.unknown_outcome" });
});

test("an address that is not exactly one reaches nobody", async () => {
  await using zendesk = await startZendesk();
  const { call } = await open(zendesk);
  const two = call("openTicket", input, { address: "v@x.test, e@y.test" });
  expect(await refusal(two)).toMatchObject({ code: "address.invalid" });
  expect(zendesk.asked).toEqual([]);
});

describe("check", () => {
  const { signal } = new AbortController();

  test("an agent's credentials work", async () => {
    await using zendesk = await startZendesk();
    const { connection } = await open(zendesk);
    expect(await connection.check?.(signal)).toEqual({ problems: [] });
    expect(zendesk.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api/v2/users/me"]);
  });

  const oauth = { email: undefined, apiToken: undefined, oauthToken: "0auth" };

  test.each([
    {
      name: "a user without an id",
      answer: { status: 200, body: { user: { id: null, name: "Anonymous user", role: "end-user" } } },
      says: "Zendesk does not know them.",
    },
    {
      name: "a customer's credentials",
      answer: { status: 200, body: { user: { id: 7, role: "end-user" } } },
      says: "They are not those of an agent.",
    },
    { name: "401", answer: { status: 401, body: { error: "Couldn't authenticate you" } } },
    { name: "401 to OAuth", answer: { status: 401 }, config: oauth, pointer: "/oauthToken" },
  ])("$name is a problem of the credentials, though Zendesk may answer 200", async (given) => {
    const { answer, config = {}, pointer = "/apiToken", says = "HTTP 401" } = given;
    await using zendesk = await startZendesk();
    zendesk.interrupt(() => answer);
    const { connection } = await open(zendesk, { config });
    expect(await connection.check?.(signal)).toMatchObject({
      problems: [{ code: "provider.unauthorized", pointer, message: expect.stringContaining(says) }],
    });
  });

  test("an account that does not exist, and one that is gone, are problems of the URL", async () => {
    const zendesk = await startZendesk();
    const { connection } = await open(zendesk);
    zendesk.interrupt(() => ({ status: 404 }));
    expect(await connection.check?.(signal)).toMatchObject({ problems: [{ pointer: "/url" }] });
    await zendesk.stop();
    expect(await connection.check?.(signal)).toMatchObject({
      problems: [{ code: "provider.unavailable", pointer: "/url" }],
    });
  });
});
