/** What one customer is answered is nobody else's: no cache may keep it. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "private, no-store", ...headers },
  });
}

export const empty = (status = 204): Response => new Response(null, { status });
