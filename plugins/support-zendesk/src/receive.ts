import type { PluginHost, Received, WebhookRequest } from "@wend/plugin";
import { parseForeignJson, WendError } from "@wend/plugin";
import { z } from "zod";
import type { Api } from "./api.ts";
import type { Config } from "./config.ts";
import { findSubject } from "./find-subject.ts";
import { readEvent } from "./read-event.ts";
import { RATING, readRating } from "./read-rating.ts";
import type { signals, ZendeskSignal } from "./signals.ts";
import type { Heard } from "./told.ts";
import { verifyWebhook } from "./verify-webhook.ts";

const typed = z.object({ type: z.string() });

/** Makes `receive`: ticket events, and the ratings that a trigger tells of. What nobody waits for is taken and dropped. */
export function createReceive(config: Config, host: PluginHost, api: Api) {
  const parts = { api, externalIdsAreUserIds: config.externalIdsAreUserIds };
  return async ({ headers, body, signal }: WebhookRequest): Promise<Received<never, typeof signals>> => {
    const proof = verifyWebhook({ headers, body }, config);
    const heard = read(body, proof.signedAt);
    if (heard === undefined) return { proof };
    const about = await findSubject(heard.told, { ...parts, signal });
    if (about === undefined) {
      host.log.warn({ fact: heard.fact.name, id: heard.fact.id }, "nobody is known whom it is about");
      return { proof };
    }
    return { proof, signals: [{ ...heard.fact, about } as ZendeskSignal] };
  };
}

function read(bytes: Uint8Array, signedAt: number): Heard | undefined {
  try {
    const body = parseForeignJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    // The console's test button sends whatever was typed into it.
    const type = typed.safeParse(body).data?.type;
    if (type === undefined) return undefined;
    return type === RATING ? readRating(body, signedAt) : readEvent(type, body);
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    const detail = issue === undefined ? "It is no JSON." : `/${issue.path.join("/")}: ${issue.message}`;
    throw new WendError("webhook.unreadable", { detail, cause });
  }
}
