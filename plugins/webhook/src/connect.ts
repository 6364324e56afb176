import type { Accepted, ActionCall, CheckResult, PluginHost, Received, WebhookRequest } from "@wend/plugin";
import { findHttpError, toFetchError, toProblem, WendError } from "@wend/plugin";
import type { z } from "zod";
import { createEndpoint } from "./endpoint.ts";
import type { Headers } from "./headers.ts";
import { lowerCaseNames } from "./headers.ts";
import { manifest } from "./manifest.ts";
import { findPostError } from "./post-error.ts";
import { receive as readReceipt } from "./receive.ts";
import type { SignedParts } from "./signature.ts";
import { sign, signingKeys } from "./signature.ts";

type Config = z.infer<typeof manifest.config>;
type PostCall = ActionCall<z.infer<typeof manifest.actions.post.input>>;
type Posted = Accepted<{ status: number }>;

/** Whatever does not change from call to call is made here, once. */
export async function connectWebhook(config: Config, host: PluginHost) {
  const urlOf = createEndpoint(config.url);
  const sealed = createSeal(config.secret);
  const fixed = fixedHeaders(config);

  const request = async (url: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> => {
    const signal = within(config.timeoutMs, init.signal);
    const response = await host.fetch(url, { ...init, signal, redirect: "manual" }).catch((error: unknown) => {
      throw toFetchError(error);
    });
    // Read to its end, or the socket is lost to the next call; the status has said all there is to know.
    await response.arrayBuffer().catch(() => undefined);
    return response;
  };

  const post = async ({ input, idempotencyKey, attempt, signal }: PostCall): Promise<Posted> => {
    if (signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
    const body = JSON.stringify(input.body);
    const timestamp = Math.floor(host.now() / 1000);
    const seal = sealed({ id: idempotencyKey, timestamp, body });
    const extra = input.headers === undefined ? undefined : lowerCaseNames(input.headers);
    const headers = { ...fixed, ...extra, "idempotency-key": idempotencyKey, ...seal };
    const response = await request(urlOf(input.path), { method: "POST", headers, body, signal });
    const fault = findPostError(response, { attempt, now: host.now() });
    if (fault !== undefined) throw fault;
    return { output: { status: response.status } };
  };

  const check = async (signal: AbortSignal): Promise<CheckResult> => {
    const response = await request(urlOf(undefined), { method: "HEAD", headers: fixed, signal });
    const fault = findHttpError(response, host.now());
    // HEAD may well be refused where POST is not; what counts is that the receiver answers and lets us in.
    const works = fault === undefined || fault.code === "provider.rejected";
    return { problems: works ? [] : [toProblem(fault, "/url")] };
  };

  const receive = (webhook: WebhookRequest): Promise<Received> => readReceipt(config.receiptSecret, webhook);

  return { actions: { post }, check, receive };
}

function fixedHeaders({ headers, authorization }: Config): Headers {
  return {
    "user-agent": `wend-webhook/${manifest.version}`,
    ...lowerCaseNames(headers ?? {}),
    "content-type": "application/json",
    ...(authorization === undefined ? undefined : { authorization }),
  };
}

/** The headers of Standard Webhooks; without a secret a receiver can still dedupe by `webhook-id`. */
function createSeal(secret: string | undefined): (parts: SignedParts) => Headers {
  const keys = secret === undefined ? undefined : signingKeys(secret);
  return (parts) => ({
    "webhook-id": parts.id,
    "webhook-timestamp": String(parts.timestamp),
    ...(keys === undefined ? undefined : { "webhook-signature": sign(keys, parts) }),
  });
}

function within(timeoutMs: number | undefined, signal: AbortSignal): AbortSignal {
  return timeoutMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
}
