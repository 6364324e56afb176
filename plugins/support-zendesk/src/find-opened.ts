import type { CustomerDelivery, PluginDeliveries } from "@wend/plugin";
import { z } from "zod";

const PAGE = 100;
const output = z.object({ ticket: z.string() });

/**
 * What is known of the ticket that the connection opened last for a customer: its number, or only that there is one,
 * where the call's answer was lost and the ticket found later.
 */
export type Opened = { readonly kind: "ticket"; readonly id: string } | { readonly kind: "unnamed" };

export async function findOpened(
  deliveries: PluginDeliveries,
  profileId: string,
  signal: AbortSignal,
): Promise<Opened | undefined> {
  const last = await findLast(deliveries, profileId, signal);
  if (last === undefined) return undefined;
  const said = output.safeParse(last.output);
  return said.success ? { kind: "ticket", id: said.data.ticket } : { kind: "unnamed" };
}

// They come oldest first.
async function findLast(
  deliveries: PluginDeliveries,
  profileId: string,
  signal: AbortSignal,
): Promise<CustomerDelivery | undefined> {
  let last: CustomerDelivery | undefined;
  for (;;) {
    const after = last === undefined ? undefined : { after: last.id };
    const page = await deliveries.list({ profileId, action: "openTicket", limit: PAGE, ...after }, signal);
    last = page.at(-1) ?? last;
    if (page.length < PAGE) return last;
  }
}
