import type { PluginHost } from "@wend/plugin";
import { parseForeignJson, toFetchError } from "@wend/plugin";
import type { Config } from "./manifest.ts";
import { manifest } from "./manifest.ts";
import { findTwilioError } from "./twilio-error.ts";

/** Who calls: the account itself, or one of its API keys. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface Call {
  /** Below the account: `Messages.json`. */
  readonly path: string;
  /** Posted when there is one. */
  readonly form?: URLSearchParams;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
}

export interface Api {
  /** The JSON of a 2xx, undefined when it is none. Throws what anything else stands for. */
  call(call: Call): Promise<unknown>;
}

export function createApi({ url, accountSid }: Config, host: PluginHost): Api {
  const account = `${new URL(url).origin}/2010-04-01/Accounts/${accountSid}`;
  return {
    call: async ({ path, form, credentials, signal }) => {
      const response = await host
        .fetch(account + path, {
          headers: headersOf(credentials, form !== undefined),
          redirect: "manual",
          signal,
          ...(form !== undefined && { method: "POST", body: form.toString() }),
        })
        .catch((error: unknown) => {
          throw toFetchError(error);
        });
      const answer = parseJson(await response.text().catch(() => ""));
      const fault = findTwilioError({ status: response.status, headers: response.headers, answer }, host.now());
      if (fault !== undefined) throw fault;
      return answer;
    },
  };
}

export const accountOf = ({ accountSid, authToken }: Config): Credentials => ({
  user: accountSid,
  password: authToken,
});

/** Undefined where calls are made as the account itself. */
export function findApiKey({ apiKeySid, apiKeySecret }: Config): Credentials | undefined {
  return apiKeySid === undefined || apiKeySecret === undefined
    ? undefined
    : { user: apiKeySid, password: apiKeySecret };
}

function headersOf({ user, password }: Credentials, posts: boolean): Record<string, string> {
  return {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
    accept: "application/json",
    "user-agent": `wend-sms-twilio/${manifest.version}`,
    ...(posts && { "content-type": "application/x-www-form-urlencoded" }),
  };
}

function parseJson(text: string): unknown {
  try {
    return parseForeignJson(text);
  } catch {
    return undefined;
  }
}
