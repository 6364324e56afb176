import type { Accepted, ActionCall, CheckResult, PluginHost } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import type { z } from "zod";
import { manifest } from "./manifest.ts";
import { createEventReader } from "./read-event.ts";
import { createWebApi } from "./web-api.ts";

type Config = z.infer<typeof manifest.config>;
type PostCall = ActionCall<z.infer<typeof manifest.actions.post.input>>;
type Posted = z.infer<typeof manifest.actions.post.output>;

export async function connectChat(config: Config, host: PluginHost) {
  const ask = createWebApi(config, host);

  const post = async ({ input, idempotencyKey, deliveryId, signal }: PostCall): Promise<Accepted<Posted>> => {
    // Kept with the post and of no effect: for whoever has to find out by hand what became of an unknown delivery.
    const metadata = { event_type: "wend_delivery", event_payload: { key: idempotencyKey, delivery: deliveryId } };
    const answer = await ask("chat.postMessage", { ...input, metadata }, signal);
    const posted = manifest.actions.post.output.safeParse(answer);
    if (!posted.success) {
      throw new WendError("provider.unknown_outcome", { detail: "The answer names no post.", cause: posted.error });
    }
    const { channel, ts } = posted.data;
    return { providerId: `${channel}:${ts}`, output: { channel, ts } };
  };

  const check = async (signal: AbortSignal): Promise<CheckResult> => {
    try {
      await ask("auth.test", {}, signal);
      return { problems: [] };
    } catch (error) {
      if (!(error instanceof WendError)) throw error;
      return { problems: [toProblem(error, error.code === "provider.unauthorized" ? "/token" : "/url")] };
    }
  };

  return { actions: { post }, receive: createEventReader(config), check };
}
