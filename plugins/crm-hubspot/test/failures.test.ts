import { expect, test } from "vitest";
import { errorCategories, errorStatuses, ratePolicies } from "../src/error-categories.ts";
import { fault, startHubspot } from "./fake/start-hubspot.ts";
import { open, refusal } from "./open.ts";

const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);

/** What HubSpot answers, and what becomes of the delivery: the table of the README, row by row. */
const rows: readonly [status: number, category: string, code: string][] = [
  [400, "VALIDATION_ERROR", "provider.rejected"],
  [400, "INVALID_INPUT", "provider.rejected"],
  [404, "OBJECT_NOT_FOUND", "provider.rejected"],
  [409, "OBJECT_ALREADY_EXISTS", "provider.rejected"],
  [409, "CONFLICT", "provider.rejected"],
  [405, "METHOD_NOT_ALLOWED", "provider.rejected"],
  [401, "INVALID_AUTHENTICATION", "provider.unauthorized"],
  [401, "EXPIRED_AUTHENTICATION", "provider.unauthorized"],
  [403, "MISSING_SCOPES", "provider.unauthorized"],
  // The category decides: HubSpot has answered missing scopes with other statuses, too.
  [400, "MISSING_SCOPES", "provider.unauthorized"],
  [429, "RATE_LIMITS", "provider.rate_limited"],
  [429, "RATE_LIMIT", "provider.rate_limited"],
  [500, "INTERNAL_ERROR", "provider.unknown_outcome"],
  [502, "", "provider.unknown_outcome"],
  [503, "INTERNAL_ERROR", "provider.unavailable"],
  [503, "SOMETHING_NEW", "provider.unavailable"],
  [504, "", "provider.unknown_outcome"],
  [423, "VALIDATION_ERROR", "provider.unavailable"],
  [477, "", "provider.unavailable"],
  [418, "SOMETHING_NEW", "provider.rejected"],
  [400, "constructor", "provider.rejected"],
  [302, "", "provider.rejected"],
];

test.each(rows)("%d %s is %s", async (status, category, code) => {
  await using hubspot = await startHubspot();
  hubspot.interrupt(() => fault(status, category));
  const { call } = await open(hubspot.url, {}, { now });
  const error = await refusal(call("upsertContact", { contact: "ada@example.test" }));
  expect(error).toMatchObject({ code });
  expect(String(error)).not.toContain("ada@example.test");
});

test.each([500, 502, 504])(
  "a question that is answered with %d is a backoff: it has changed nothing",
  async (status) => {
    await using hubspot = await startHubspot();
    hubspot.interrupt(() => fault(status, "INTERNAL_ERROR"));
    const { call } = await open(hubspot.url);
    const task = { contact: "ada@example.test", subject: "Call", dueAt: "2026-03-01T09:00:00Z" };
    expect(await refusal(call("createTask", task))).toMatchObject({ code: "provider.unavailable" });
  },
);

test("every category and status of the table is tried", () => {
  const categories = new Set(rows.map(([, category]) => category));
  expect(Object.keys(errorCategories).filter((category) => !categories.has(category))).toEqual([]);
  const statuses = new Set(rows.map(([status]) => String(status)));
  expect(Object.keys(errorStatuses).filter((status) => !statuses.has(status))).toEqual([]);
  expect(Object.keys(ratePolicies)).toEqual(["SECONDLY", "TEN_SECONDLY_ROLLING", "DAILY"]);
});

test.each([
  [429, "RATE_LIMITS", "TEN_SECONDLY_ROLLING", undefined, 10_000],
  [429, "RATE_LIMITS", "SECONDLY", undefined, 1_000],
  [429, "RATE_LIMITS", "DAILY", undefined, 3_600_000],
  [429, "RATE_LIMITS", "DAILY", "7", 7_000],
  [429, "RATE_LIMITS", "NEW_POLICY", undefined, undefined],
  [503, "INTERNAL_ERROR", undefined, "Fri, 02 Jan 2026 03:04:35 GMT", 30_000],
  [423, "", undefined, undefined, 2_000],
  [477, "", undefined, "60", 60_000],
  [400, "VALIDATION_ERROR", undefined, "7", undefined],
])("%d %s of policy %s with Retry-After %s is tried again after %s ms", async (...row) => {
  const [status, category, policyName, retryAfter, retryAfterMs] = row;
  await using hubspot = await startHubspot();
  const headers = retryAfter === undefined ? undefined : { "retry-after": retryAfter };
  hubspot.interrupt(() => ({ ...fault(status, category, { policyName }), ...(headers && { headers }) }));
  const { call } = await open(hubspot.url, {}, { now });
  expect(await refusal(call("upsertContact", { contact: "ada@example.test" }))).toMatchObject({ retryAfterMs });
});

test("an answer that is no JSON is judged by its status", async () => {
  await using hubspot = await startHubspot();
  hubspot.interrupt(() => ({ status: 503, body: "<html>upstream</html>" }));
  const { call } = await open(hubspot.url);
  expect(await refusal(call("dealNote", { deal: "90001", body: "x" }))).toMatchObject({ code: "provider.unavailable" });
});

test("an error names its codes and HubSpot's correlation id, and none of its words", async () => {
  await using hubspot = await startHubspot();
  const correlationId = "aeb5f871-7f07-4993-9211-075dc63e7cbf";
  const errors = [{ message: "ada@example.test is no address", code: "INVALID_EMAIL" }];
  hubspot.interrupt(() => fault(400, "VALIDATION_ERROR", { errors, correlationId }));
  const { call } = await open(hubspot.url);
  expect(await refusal(call("upsertContact", { contact: "ada@example.test" }))).toMatchObject({
    detail: `HTTP 400, VALIDATION_ERROR, INVALID_EMAIL. HubSpot's correlation id: ${correlationId}.`,
  });
});
