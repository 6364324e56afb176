import { WendError } from "@wend/plugin";
import { Agent } from "undici";
import type { AddressPolicy } from "./address-policy.ts";
import { Answer, decoded } from "./answer.ts";
import type { RawRequest } from "./exchange.ts";
import { exchange } from "./exchange.ts";
import { createGuardedConnector } from "./guarded-connector.ts";
import type { ResolveHost } from "./resolve-host.ts";

export interface GuardedFetch {
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/** More sockets to one origin than this are a fault of the plugin. */
const maxSockets = 256;
// A backstop for calls without a signal.
const longestMs = 30_000;

/**
 * `fetch` for plugins, over sockets of its own. Follows no redirect (a 3xx is the answer), reads at most 1 MB, and
 * rejects with `provider.unavailable` when nothing was written, else with `provider.unknown_outcome`.
 */
export function createGuardedFetch(policy: AddressPolicy, resolveHost: ResolveHost): GuardedFetch {
  const agent = new Agent({
    connect: createGuardedConnector(policy, resolveHost),
    connections: maxSockets,
    pipelining: 1,
    headersTimeout: longestMs,
    bodyTimeout: longestMs,
  });
  return {
    fetch: async (input, init) => {
      const { url, request } = isPlain(input, init) ? plainRequest(input, init) : await anyRequest(input, init);
      return new Answer(await decoded(await exchange(agent, request)), url);
    },
    close: () => agent.destroy(),
  };
}

type FetchInput = Parameters<typeof globalThis.fetch>[0];

interface Prepared {
  readonly url: string;
  readonly request: RawRequest;
}

interface PlainInit extends RequestInit {
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer> | null;
}

// The shape nearly all calls have; anything else is read by the platform's own Request.
function isPlain(input: FetchInput, init: RequestInit | undefined): input is string | URL {
  if (input instanceof Request) return false;
  const { headers, body } = init ?? {};
  const plainHeaders = headers === undefined || Object.getPrototypeOf(headers) === Object.prototype;
  return (
    plainHeaders && (body === undefined || body === null || typeof body === "string" || body instanceof Uint8Array)
  );
}

function plainRequest(input: string | URL, init: RequestInit | undefined): Prepared {
  const { headers = {}, body = null, method = "GET", signal } = (init ?? {}) as PlainInit;
  const target = targetOf(input);
  const sent: Record<string, string> = { ...defaultHeaders };
  for (const name in headers) sent[name.toLowerCase()] = headers[name]!;
  if (typeof body === "string") sent["content-type"] ??= "text/plain;charset=UTF-8";
  return prepared(target, { method: method.toUpperCase(), headers: sent, body, signal: signal ?? undefined });
}

async function anyRequest(input: FetchInput, init: RequestInit | undefined): Promise<Prepared> {
  const request = new Request(input, init);
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  const headers = { ...defaultHeaders, ...Object.fromEntries(request.headers) };
  return prepared(targetOf(request.url), { method: request.method, headers, body, signal: request.signal });
}

const defaultHeaders = { accept: "*/*", "user-agent": "wend" };

function prepared(target: Target, rest: Omit<RawRequest, "origin" | "path">): Prepared {
  return { url: target.href, request: { origin: target.origin, path: target.path, ...rest } };
}

interface Target {
  readonly href: string;
  readonly origin: string;
  readonly path: string;
}

let last: Target | undefined;
let lastInput: string | undefined;

// A connection calls the same address again and again, and parsing one costs as much as the rest of the preparation.
function targetOf(input: string | URL): Target {
  const text = String(input);
  if (text === lastInput) return last!;
  const target = parseTarget(text);
  lastInput = text;
  last = target;
  return target;
}

function parseTarget(text: string): Target {
  const url = URL.parse(text);
  if (url === null) throw new WendError("input.invalid", { detail: "The URL does not parse." });
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new WendError("input.invalid", { detail: "Only http and https can be called." });
  }
  if (url.username !== "" || url.password !== "") {
    throw new WendError("input.invalid", { detail: "A URL holds no user name or password; use a header." });
  }
  return { href: url.href, origin: url.origin, path: url.pathname + url.search };
}
