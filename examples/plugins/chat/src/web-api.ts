import type { PluginHost } from "@wend/plugin";
import { findHttpError, toFetchError, WendError } from "@wend/plugin";
import { z } from "zod";
import { toApiError } from "./api-error.ts";

const answerSchema = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** Calls a method of the Web API and gives back what it answered. */
export type Ask = (method: string, body: object, signal: AbortSignal) => Promise<object>;

export function createWebApi({ url, token }: { url: string; token: string }, host: PluginHost): Ask {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json; charset=utf-8" };
  return async (method, body, signal) => {
    if (signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
    const init = { method: "POST", headers, body: JSON.stringify(body), signal };
    const response = await host.fetch(`${url}/${method}`, init).catch((error: unknown) => {
      throw toFetchError(error);
    });
    const fault = findHttpError(response, host.now());
    if (fault !== undefined) throw fault;
    // The API answers 200 whatever it did: only `ok` tells.
    const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw new WendError("provider.unknown_outcome", { detail: "The answer has no `ok`." });
    if (!answer.data.ok) throw toApiError(answer.data.error);
    return answer.data;
  };
}
