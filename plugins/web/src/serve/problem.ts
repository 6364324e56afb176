import type { ErrorCode } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { json } from "./json.ts";

/** A refusal as the host's own are: RFC 9457, with a stable code. */
export function problem(code: ErrorCode): Response {
  const { status, message, fix } = new WendError(code);
  const body = { type: `urn:wend:error:${code}`, title: message, status, code, fix };
  return json(body, status, { "content-type": "application/problem+json" });
}

export const notFound = (): Response => problem("request.not_found");
