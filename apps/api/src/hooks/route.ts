import type { WebhookRuntime } from "@wend/core";
import { receiveWebhook } from "@wend/core";
import { WendError } from "@wend/plugin";
import { announcedBytes } from "../http/announced-bytes.ts";
import type { HostContext } from "../http/host.ts";
import { targetOf } from "../http/host.ts";
import { problem } from "../http/problem.ts";
import { readRawBody } from "../http/read-body.ts";
import type { Room } from "../http/room.ts";

export const hookPath = "/hooks/:plugin/:connection";

export interface HookOptions extends WebhookRuntime {
  readonly room: Room;
  /** What the URLs begin with that providers were given. */
  publicUrl(): string;
}

const methods = ["GET", "HEAD", "POST"];
/** Providers choose how much they tell at once: SendGrid posts 768 KB, and gives up what is refused for a day. */
const mostBytes = 1024 * 1024;

/** Takes a provider's webhook as it came: its bytes are what is signed, and so is the URL that the provider was given. */
export function hookRoute({ room, publicUrl, ...runtime }: HookOptions) {
  return async (c: HostContext, requestId: string): Promise<Response> => {
    if (!methods.includes(c.req.method)) return wrongMethod(requestId);
    const target = { plugin: c.req.param("plugin")!, connectionId: c.req.param("connection")! };
    const leave = room.enter(announcedBytes(c, mostBytes));
    try {
      const {
        status = 200,
        contentType,
        body,
      } = await receiveWebhook(runtime, target, {
        method: c.req.method,
        url: publicUrl() + targetOf(c),
        headers: c.req.raw.headers,
        body: await readRawBody(c, mostBytes),
      });
      const headers = { "x-request-id": requestId, ...(contentType !== undefined && { "content-type": contentType }) };
      return new Response(body ?? null, { status, headers });
    } catch (error) {
      if (!(error instanceof WendError) || error.code !== "webhook.refused") throw error;
      // For the operator who sets it up; whoever sent it hears nothing of the reason.
      runtime.log.warn({ ...target, requestId, reason: error.detail }, "webhook refused");
      return problem(new WendError("webhook.refused"), { requestId });
    } finally {
      leave();
    }
  };
}

const wrongMethod = (requestId: string): Response =>
  problem(new WendError("request.method_not_allowed"), { requestId, headers: { allow: methods.join(", ") } });
