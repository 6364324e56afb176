import type { PluginHost } from "@wend/plugin";
import { toFetchError, WendError } from "@wend/plugin";
import type { Config } from "./config.ts";
import { manifest } from "./manifest.ts";
import type { SendgridAnswer } from "./sendgrid-error.ts";
import { findSendgridError } from "./sendgrid-error.ts";

export interface ApiRequest {
  /** From `/v3` on. */
  readonly path: string;
  /** Posted when there is one. */
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** SendGrid's Web API. What it answers is untyped; whoever asks parses it. */
export interface Api {
  /** A 2xx. Throws what anything else stands for. */
  call(request: ApiRequest): Promise<SendgridAnswer>;
}

export function createApi({ apiKey, url }: Config, host: PluginHost): Api {
  const { origin } = new URL(url);
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${apiKey}`,
    "content-type": "application/json",
    "user-agent": `wend-email-sendgrid/${manifest.version}`,
  };
  return {
    call: async ({ path, body, signal }) => {
      if (signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
      const init = { headers, signal, redirect: "manual" as const };
      const posted = body && { method: "POST", body: JSON.stringify(body) };
      const response = await host.fetch(origin + path, { ...init, ...posted }).catch((error: unknown) => {
        throw toFetchError(error);
      });
      // Its status has been said, whatever becomes of the rest.
      const answer = parseJson(await response.text().catch(() => ""));
      const answered = { status: response.status, headers: response.headers, answer };
      const fault = findSendgridError(answered, host.now());
      if (fault !== undefined) throw fault;
      return answered;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
