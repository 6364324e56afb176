import { errorTable, toProblem, WendError } from "@wend/plugin";
import { expect, test } from "vitest";

test("an error carries the policy of its code", () => {
  const error = new WendError("provider.rate_limited", { detail: "HTTP 429.", retryAfterMs: 30_000 });
  expect(error).toMatchObject({ status: 429, retry: "backoff", retryAfterMs: 30_000 });
  expect(error.message).toBe("The provider asks to slow down. HTTP 429.");
});

test("an error becomes one problem of a list", () => {
  expect(toProblem(new WendError("address.invalid", { pointer: "/from" }))).toEqual({
    code: "address.invalid",
    pointer: "/from",
    message: errorTable["address.invalid"].message,
    fix: errorTable["address.invalid"].fix,
  });
});

test("every code names its area and says in sentences what is wrong and how to fix it", () => {
  for (const [code, { status, message, fix }] of Object.entries(errorTable)) {
    expect(code).toMatch(/^[a-z]+\.[a-z_]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  }
});
