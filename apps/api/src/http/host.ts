import type { IncomingMessage } from "node:http";
import type { Context } from "hono";

/** What the server adds to a request; nothing at all when the app is called without one, as tests do. */
export type HostEnv = { Bindings: { readonly incoming?: IncomingMessage } };
export type HostContext = Context<HostEnv>;

/** Node's own request: its headers are parsed already and its body is not wrapped in a web stream. */
export function incomingOf(c: HostContext): IncomingMessage | undefined {
  return (c.env as HostEnv["Bindings"] | undefined)?.incoming;
}

/** Path and query as they were written: parsing a URL would change some of its characters. */
export function targetOf(c: HostContext): string {
  // A proxy may name the host in the same line.
  return (incomingOf(c)?.url ?? c.req.url).replace(/^https?:\/\/[^/?#]*/i, "");
}

type HeaderName = "authorization" | "content-length" | "content-encoding" | "x-request-id";

/** A header, without building the web Headers of the request for one look. */
export function headerOf(c: HostContext, name: HeaderName): string | undefined {
  const incoming = incomingOf(c);
  return incoming ? (incoming.headers[name] as string | undefined) : c.req.header(name);
}
