import type { CustomerDelivery, PluginHost } from "@wend/plugin";
import { findDismissed } from "../inbox/dismissed.ts";
import { toMessage } from "../inbox/message.ts";
import { isLive } from "../lifetime.ts";
import type { Asked } from "../serve/asked.ts";
import { problem } from "../serve/problem.ts";
import { eventStream } from "./event-stream.ts";
import type { OpenStreams } from "./open-streams.ts";
import type { StreamEvent } from "./stream-event.ts";

const DAY_MS = 86_400_000;

/**
 * What comes for a customer, as it comes: `inbox` with the message, `slot` with the key whose value may have changed.
 * Every event has an id to go on after; `ready` comes first, so that there is one from the start.
 */
export function openStream(host: PluginHost, streams: OpenStreams, asked: Asked): Response {
  const { request, profileId, signal } = asked;
  if (!streams.enter(profileId, signal)) return problem("limit.overloaded");
  const since = sinceOf(request.headers.get("last-event-id"), host.now());
  return new Response(eventStream(events(host, { profileId, since }, signal), signal), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}

// An id is the instant of what it was given with. Whoever was away for longer asks for everything anew.
function sinceOf(lastEventId: string | null, now: number): number {
  const at = /^\d{1,16}$/.test(lastEventId ?? "") ? Number(lastEventId) : now;
  return Math.min(now, Math.max(at, now - DAY_MS));
}

interface From {
  readonly profileId: string;
  readonly since: number;
}

async function* events(host: PluginHost, { profileId, since }: From, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  yield { id: since, event: "ready", data: {} };
  for await (const delivery of host.deliveries.changes({ profileId, since }, signal)) {
    const event = eventOf(delivery, host.now());
    if (event && !(await wasDismissed(host, delivery))) yield { id: delivery.at, ...event };
  }
}

// What came shortly before may come again, and may have been dismissed meanwhile; whoever did that has seen it.
async function wasDismissed({ state }: PluginHost, { id, receipt }: CustomerDelivery): Promise<boolean> {
  return receipt !== undefined && (await findDismissed(state, [id])).has(id);
}

function eventOf(delivery: CustomerDelivery, now: number): Omit<StreamEvent, "id"> | undefined {
  if (delivery.action === "slot") return { event: "slot", data: { key: (delivery.output as { key?: unknown })?.key } };
  const message = delivery.action === "inbox" ? toMessage(delivery) : undefined;
  return message && isLive(message.expiresAt, now) ? { event: "inbox", data: message } : undefined;
}
