import type { ActionItem } from "@wend/plugin";
import { z } from "zod";

/** What the audit of a change says of the delivery that made it. */
export const metadataOf = ({ idempotencyKey, deliveryId }: ActionItem<unknown>) => ({
  wend_key: idempotencyKey,
  wend_delivery: deliveryId,
});

/** An audit, as far as the plugin reads it. */
export const auditSchema = z.object({
  id: z.int(),
  metadata: z
    .object({ custom: z.object({ wend_key: z.string().optional() }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
