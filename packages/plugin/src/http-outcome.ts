import type { ErrorCode } from "./error-table.ts";
import { WendError } from "./errors.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** What {@link findHttpError} reads of a response. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/**
 * The error that an HTTP status stands for; undefined for 2xx. 408, 425 and 503 are `provider.unavailable`, 429
 * is `provider.rate_limited`, both with `Retry-After` when the provider sent one. Any other 5xx is
 * `provider.unknown_outcome`: a server that broke down, or the gateway before it that gave up, may have acted before.
 * 401 and 403 are `provider.unauthorized`; redirects and every other status are `provider.rejected`.
 */
export function findHttpError({ status, headers }: HttpAnswer, now: number): WendError | undefined {
  if (status >= 200 && status < 300) return undefined;
  const detail = `HTTP ${status}.`;
  if (status === 401 || status === 403) return new WendError("provider.unauthorized", { detail });
  if (status >= 300 && status < 400) {
    return new WendError("provider.rejected", { detail: `HTTP ${status}: redirects are not followed.` });
  }
  const code = laterCodes[status];
  if (code === undefined) {
    return new WendError(status >= 500 ? "provider.unknown_outcome" : "provider.rejected", { detail });
  }
  const retryAfterMs = parseRetryAfter(headers.get("retry-after"), now);
  return new WendError(code, { detail, ...(retryAfterMs === undefined ? undefined : { retryAfterMs }) });
}

/** Nothing was done yet. */
const laterCodes: Readonly<Record<number, ErrorCode>> = {
  408: "provider.unavailable",
  425: "provider.unavailable",
  429: "provider.rate_limited",
  503: "provider.unavailable",
};

/**
 * The error that a rejected `host.fetch` stands for: `provider.unavailable` when no connection came about, so
 * the provider cannot have acted; `provider.unknown_outcome` when it may have. A `WendError` stays what it is.
 */
export function toFetchError(error: unknown): WendError {
  if (error instanceof WendError) return error;
  const cause = (error as { cause?: Fault } | undefined)?.cause;
  const fault = cause?.code === undefined ? (error as Fault | undefined) : cause;
  const detail = typeof fault?.code === "string" ? `${fault.code}.` : "The request was aborted.";
  return new WendError(neverConnected(fault) ? "provider.unavailable" : "provider.unknown_outcome", {
    detail,
    cause: error,
  });
}

interface Fault {
  readonly code?: string | number;
  readonly syscall?: string;
}

const beforeConnection = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function neverConnected(fault: Fault | undefined): boolean {
  return fault?.syscall === "connect" || fault?.syscall === "getaddrinfo" || beforeConnection.has(String(fault?.code));
}
