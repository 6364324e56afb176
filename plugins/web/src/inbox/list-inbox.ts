import type { PluginHost } from "@wend/plugin";
import { isLive } from "../lifetime.ts";
import type { Asked } from "../serve/asked.ts";
import { json } from "../serve/json.ts";
import { findDismissed } from "./dismissed.ts";
import { toMessage } from "./message.ts";

const pageSize = 50;

/** The newest messages first; `next` leads on to older ones. What has expired or was dismissed is left out. */
export async function listInbox(host: PluginHost, { url, profileId, signal }: Asked): Promise<Response> {
  const after = url.searchParams.get("after");
  const deliveries = await host.deliveries.list(
    { profileId, action: "inbox", newestFirst: true, limit: pageSize, ...(after !== null && { after }) },
    signal,
  );
  const dismissed = await findDismissed(
    host.state,
    deliveries.map(({ id }) => id),
  );
  const now = host.now();
  const items = deliveries
    .filter(({ id }) => !dismissed.has(id))
    .map(toMessage)
    .filter((message) => message !== undefined)
    .filter(({ expiresAt }) => isLive(expiresAt, now));
  return json({ items, next: deliveries.length === pageSize ? deliveries.at(-1)!.id : null });
}
