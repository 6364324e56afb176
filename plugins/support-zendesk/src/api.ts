import type { PluginHost } from "@wend/plugin";
import { parseForeignJson, toFetchError, WendError } from "@wend/plugin";
import type { z } from "zod";
import type { Config } from "./config.ts";
import { toZendeskError } from "./errors.ts";
import { createRateWindow } from "./rate-window.ts";

/** One request of Zendesk's API. */
export interface ApiRequest {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal: AbortSignal;
  /** True for the request that is the action itself: when its answer is lost, the outcome is unknown. */
  readonly acts?: boolean;
}

/** Makes a request and returns its answer, held to a schema. Throws a `WendError`. */
export type Api = <T>(answer: z.ZodType<T>, request: ApiRequest) => Promise<T>;

/** Whatever does not change from request to request is made here, once. */
export function createApi(config: Config, host: PluginHost): Api {
  const { origin } = new URL(config.url);
  const rate = createRateWindow(host.now);
  const fixed = { accept: "application/json", authorization: authorizationOf(config), "user-agent": "wend-zendesk" };

  const exchange = async ({ method = "GET", path, body, idempotencyKey, signal }: ApiRequest) => {
    const response = await host.fetch(origin + path, {
      method,
      signal,
      redirect: "manual",
      headers: {
        ...fixed,
        ...(body === undefined ? undefined : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? undefined : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? undefined : { body: JSON.stringify(body) }),
    });
    rate.note(response.headers);
    return { status: response.status, headers: response.headers, body: parseJson(await response.text()) };
  };

  return async (answer, request) => {
    if (request.signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
    rate.check();
    try {
      const { status, headers, body } = await exchange(request);
      if (status < 200 || status >= 300) throw toZendeskError({ status, headers, body }, host.now());
      return parseAnswer(answer, body);
    } catch (error) {
      const fault = toFetchError(error);
      throw request.acts === true ? fault : harmless(fault);
    }
  };
}

function authorizationOf({ email, apiToken, oauthToken }: Config): string {
  if (oauthToken !== undefined) return `Bearer ${oauthToken}`;
  return `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString("base64")}`;
}

function parseJson(text: string): unknown {
  try {
    return parseForeignJson(text);
  } catch {
    return undefined;
  }
}

// A success that cannot be read may well have been one.
function parseAnswer<T>(answer: z.ZodType<T>, body: unknown): T {
  const parsed = answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const detail = `The answer is not Zendesk's: /${issue?.path.join("/") ?? ""}.`;
  throw new WendError("provider.unknown_outcome", { detail, cause: parsed.error });
}

// What came before the action itself can be done again: nothing is unknown yet.
function harmless(fault: WendError): WendError {
  if (fault.retry !== "ambiguous") return fault;
  const { detail, retryAfterMs } = fault;
  return new WendError("provider.unavailable", {
    cause: fault,
    ...(detail === undefined ? undefined : { detail }),
    ...(retryAfterMs === undefined ? undefined : { retryAfterMs }),
  });
}
