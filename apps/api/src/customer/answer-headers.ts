import type { AnswerHeaders } from "../http/problem.ts";

/** What no answer below a connection's path goes without, whatever its plugin says. */
export const safeHeaders: AnswerHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** Of a plugin that states none: its answer runs no script, loads nothing, sends no form and stands in no frame. */
const strictPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const allowed = new Set(["content-type", "cache-control", "location", "etag", "vary", "content-security-policy"]);

const isAllowed = (name: string): boolean => allowed.has(name) || name.startsWith("access-control-");

/** What a plugin's answer may say in headers. A cookie would be sent to every other connection of this host too. */
export function answerHeaders(given: Headers, requestId: string): AnswerHeaders {
  const headers: AnswerHeaders = { "content-security-policy": strictPolicy };
  for (const [name, value] of given) if (isAllowed(name)) headers[name] = value;
  return { ...headers, ...safeHeaders, "x-request-id": requestId };
}
