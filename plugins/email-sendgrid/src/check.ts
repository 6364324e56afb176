import type { CheckResult, ErrorCode } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import { z } from "zod";
import type { Api } from "./api.ts";

const scopesOfKey = z.object({ scopes: z.array(z.string()) });
const needed = "mail.send";

/** The option at fault. A limit, or a server that failed over the question, is none's: it passes. */
const pointers: { readonly [Code in ErrorCode]?: string } = {
  "provider.unauthorized": "/apiKey",
  "provider.unavailable": "/url",
  // Whoever answers does not know of scopes.
  "provider.rejected": "/url",
};

/** Reads what the API key may do; sends nothing. */
export async function check(api: Api, signal: AbortSignal): Promise<CheckResult> {
  try {
    const { answer } = await api.call({ path: "/v3/scopes", signal });
    const { data } = scopesOfKey.safeParse(answer);
    if (data === undefined) return { problems: [toProblem(notSendgrid(), "/url")] };
    return { problems: data.scopes.includes(needed) ? [] : [toProblem(mayNotSend(), "/apiKey")] };
  } catch (error) {
    if (!(error instanceof WendError)) throw error;
    return { problems: [toProblem(error, pointers[error.code])] };
  }
}

const notSendgrid = () => new WendError("provider.unavailable", { detail: "The answer is no list of scopes." });

const mayNotSend = () =>
  new WendError("provider.unauthorized", { detail: `The API key may not send: it lacks the scope ${needed}.` });
