type Headers = Readonly<Record<string, string>>;

/** What a page of another origin may do. Tokens are no cookies: a page that has none learns nothing. */
export function createCors(origins: readonly string[] | undefined): (request: Request) => Headers {
  if (origins === undefined) return () => ({ "access-control-allow-origin": "*", ...exposed });
  return (request) => {
    const origin = request.headers.get("origin");
    const allowed = origin !== null && origins.includes(origin);
    return { vary: "origin", ...(allowed && { "access-control-allow-origin": origin, ...exposed }) };
  };
}

const exposed = { "access-control-expose-headers": "etag" };

/** The answer to the question that a browser asks first. */
export const preflightHeaders: Headers = {
  "access-control-allow-methods": "GET, POST",
  // By name: the asterisk does not stand for Authorization.
  "access-control-allow-headers": "authorization, content-type, if-none-match, last-event-id",
  "access-control-max-age": "86400",
};
