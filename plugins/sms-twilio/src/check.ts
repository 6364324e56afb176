import type { CheckResult, Problem } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import { z } from "zod";
import type { Api, Credentials } from "./api.ts";
import { accountOf, findApiKey } from "./api.ts";
import type { Config } from "./manifest.ts";

const account = z.object({ status: z.string() });

/** Reads the account, and with an API key its messages: no other way shows that the key works without sending. */
export async function check(config: Config, api: Api, signal: AbortSignal): Promise<CheckResult> {
  const apiKey = findApiKey(config);
  const asked = [accountProblems({ api, credentials: accountOf(config), signal })];
  if (apiKey !== undefined) asked.push(keyProblems({ api, credentials: apiKey, signal }));
  return { problems: (await Promise.all(asked)).flat() };
}

interface Asked {
  readonly api: Api;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
}

async function accountProblems({ api, ...call }: Asked): Promise<Problem[]> {
  try {
    const { data } = account.safeParse(await api.call({ path: ".json", ...call }));
    if (data?.status === "active") return [];
    const detail = data === undefined ? "Its answer is no account." : `The account is ${data.status}.`;
    return [toProblem(new WendError("provider.unauthorized", { detail }), "/accountSid")];
  } catch (error) {
    return [problemOf(error, "/authToken")];
  }
}

async function keyProblems({ api, ...call }: Asked): Promise<Problem[]> {
  try {
    await api.call({ path: "/Messages.json?PageSize=1", ...call });
    return [];
  } catch (error) {
    return [problemOf(error, "/apiKeySecret")];
  }
}

function problemOf(error: unknown, secret: string): Problem {
  if (!(error instanceof WendError)) throw error;
  return toProblem(error, error.code === "provider.unauthorized" ? secret : "/url");
}
