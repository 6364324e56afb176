import type { PluginLinks } from "@wend/plugin";

const purpose = "push";

/** Where a service worker tells what became of a notification: it has no customer's token, so that the link is one. */
export const signReport = (links: PluginLinks, deliveryId: string): string =>
  `${links.baseUrl}/push/${links.sign(purpose, { d: deliveryId })}`;

/** The delivery that a link is about. */
export function openReport(links: PluginLinks, token: string): string | undefined {
  const deliveryId = links.open(purpose, token)?.d;
  return typeof deliveryId === "string" ? deliveryId : undefined;
}
