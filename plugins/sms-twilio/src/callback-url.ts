import { z } from "zod";

const PARAMETER = "delivery";
const uuid = z.uuid();

/**
 * Where Twilio reports what became of a message. The id of its delivery stands in the query, which the signature
 * covers: a message whose creation was never answered is recognised by its first report. It opens nothing.
 */
export function callbackUrl(webhookUrl: string, deliveryId: string): string {
  const url = new URL(webhookUrl);
  url.searchParams.set(PARAMETER, deliveryId);
  return url.href;
}

/** The delivery that a report's URL names; undefined for one whose URL was set at Twilio. */
export function findDeliveryId(url: string): string | undefined {
  return uuid.safeParse(URL.parse(url)?.searchParams.get(PARAMETER)).data;
}
