import type { CheckResult } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import { z } from "zod";
import type { Api } from "./api.ts";
import type { Config } from "./config.ts";

// Whom Zendesk does not know is answered 200 too: as a user without an id.
const meAnswer = z.object({ user: z.object({ id: z.int().nullable(), role: z.string().nullish() }) });

/** Asks Zendesk who we are; sends nothing. */
export async function check(api: Api, config: Config, signal: AbortSignal): Promise<CheckResult> {
  const credentials = config.oauthToken === undefined ? "/apiToken" : "/oauthToken";
  try {
    const { user } = await api(meAnswer, { path: "/api/v2/users/me", signal });
    const fault = user.id === null ? "Zendesk does not know them." : faultOf(user.role);
    if (fault === undefined) return { problems: [] };
    return { problems: [toProblem(new WendError("provider.unauthorized", { detail: fault }), credentials)] };
  } catch (error) {
    if (!(error instanceof WendError)) throw error;
    return { problems: [toProblem(error, error.code === "provider.unauthorized" ? credentials : "/url")] };
  }
}

const faultOf = (role: string | null | undefined): string | undefined =>
  role === "admin" || role === "agent" ? undefined : "They are not those of an agent.";
