import type { PluginHost } from "@wend/plugin";
import { parseForeignJson, toFetchError, WendError } from "@wend/plugin";
import type { Config } from "./config.ts";
import type { Answer } from "./hubspot-error.ts";
import { findHubspotError } from "./hubspot-error.ts";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH";
  /** From `/crm` on. */
  readonly path: string;
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** HubSpot's API. What it answers is untyped; whoever asks parses it. */
export interface HubspotClient {
  write(request: ApiRequest): Promise<unknown>;
  /** A request that changes nothing: however it ends, it may be made again. */
  read(request: ApiRequest): Promise<unknown>;
  /** The same; undefined when there is no such thing. */
  find(request: ApiRequest): Promise<unknown | undefined>;
}

export function createClient({ token, apiUrl }: Config, host: PluginHost): HubspotClient {
  const base = apiUrl.replace(/\/+$/, "");
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
  };

  const exchange = async ({ method, path, body, signal }: ApiRequest): Promise<Answer> => {
    if (signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
    const init = { method, headers, signal, redirect: "manual" as const };
    try {
      const response = await host.fetch(base + path, { ...init, ...(body && { body: JSON.stringify(body) }) });
      return { status: response.status, headers: response.headers, body: parseJson(await response.text()) };
    } catch (error) {
      throw toFetchError(error);
    }
  };

  const checked = (answer: Answer): unknown => {
    const fault = findHubspotError(answer, host.now());
    if (fault !== undefined) throw fault;
    return answer.body;
  };

  return {
    write: async (request) => {
      const answer = await exchange(request);
      // Said by whatever stood in between, or by a HubSpot that broke down half way.
      if (saysNothing.has(answer.status)) throw openOutcome(answer.status);
      return checked(answer);
    },
    read: async (request) => checked(await exchange(request).catch(repeatable)),
    find: async (request) => {
      const answer = await exchange(request).catch(repeatable);
      return answer.status === 404 ? undefined : checked(answer);
    },
  };
}

/** Answers to a write that leave open whether it was done. */
const saysNothing = new Set([500, 502, 504]);

const openOutcome = (status: number) => new WendError("provider.unknown_outcome", { detail: `HTTP ${status}.` });

function parseJson(text: string): unknown {
  try {
    return parseForeignJson(text);
  } catch {
    return undefined;
  }
}

function repeatable(error: WendError): never {
  if (error.code !== "provider.unknown_outcome") throw error;
  throw new WendError("provider.unavailable", { detail: "No answer to a question.", cause: error });
}
