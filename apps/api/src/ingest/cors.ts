import type { AnswerHeaders } from "../http/problem.ts";

/**
 * On every answer of the ingest routes, so that a page of any site may send events and read what became of them.
 * Whatever the origin: what may be sent is decided by the key, and cookies play no part in it.
 */
export const corsHeaders: AnswerHeaders = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "retry-after, x-request-id",
};

const preflightHeaders: AnswerHeaders = {
  ...corsHeaders,
  "access-control-allow-methods": "POST",
  // By name: the asterisk does not stand for Authorization.
  "access-control-allow-headers": "authorization, content-type, content-encoding, x-request-id",
  "access-control-max-age": "86400",
};

/** Answers the question a browser asks before it sends a key or JSON to another site. */
export function preflight(requestId: string): Response {
  return new Response(null, { status: 204, headers: { ...preflightHeaders, "x-request-id": requestId } });
}
