import type { ActionItem, PluginLinks } from "@wend/plugin";

/** What a mail carries so that its events name it: SendGrid hands it back with each of them, and shows it in its search. */
export interface Marks {
  readonly wend_connection: string;
  readonly wend_delivery: string;
  readonly wend_key: string;
}

export const marksOf = (links: PluginLinks, { deliveryId, idempotencyKey }: ActionItem<unknown>): Marks => ({
  wend_connection: connectionOf(links),
  wend_delivery: deliveryId,
  wend_key: idempotencyKey,
});

/**
 * How the connection is known among all that use one account of SendGrid, which tells each webhook of all its mail: the
 * last part of its webhook's URL.
 */
export const connectionOf = ({ webhookUrl }: PluginLinks): string => webhookUrl.slice(webhookUrl.lastIndexOf("/") + 1);
