import type { CheckResult, PluginHost } from "@wend/plugin";
import { findHttpError, toFetchError, toProblem, WendError } from "@wend/plugin";
import { z } from "zod";
import type { manifest } from "./manifest.ts";
import { receive } from "./receive.ts";

type Config = z.infer<typeof manifest.config>;
type SendInput = z.infer<typeof manifest.actions.send.input>;

interface SendCall {
  readonly input: SendInput;
  readonly address: string | undefined;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

const taken = z.object({ id: z.string() });

export async function connectSample(config: Config, host: PluginHost) {
  const request = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { authorization: `Bearer ${config.token}`, ...init.headers };
    const response = await host.fetch(config.url + path, { ...init, headers }).catch((error: unknown) => {
      throw toFetchError(error);
    });
    const fault = findHttpError(response, host.now());
    if (fault !== undefined) throw fault;
    return response;
  };

  const send = async ({ input, address, idempotencyKey, signal }: SendCall) => {
    if (signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
    const headers = { "content-type": "application/json", "idempotency-key": idempotencyKey };
    const body = JSON.stringify({ to: address, text: input.text, reference: idempotencyKey });
    const response = await request("/messages", { method: "POST", headers, body, signal });
    const { id } = await readTaken(response);
    return { providerId: id, output: {} };
  };

  const check = async (signal: AbortSignal): Promise<CheckResult> => {
    try {
      await request("/account", { signal });
      return { problems: [] };
    } catch (error) {
      return { problems: [toProblem(error as WendError, "/token")] };
    }
  };

  return { actions: { send }, check, receive: receive(config) };
}

// It was taken, whatever became of the answer: what cannot be read is no reason to send again.
async function readTaken(response: Response): Promise<z.infer<typeof taken>> {
  try {
    return taken.parse(await response.json());
  } catch (cause) {
    throw new WendError("provider.unknown_outcome", { cause });
  }
}
