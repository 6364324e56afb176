import { z } from "zod";

const word = z.string().min(1).max(400).optional().catch(undefined);
const words = z.string().max(100_000).optional().catch(undefined);

/** One event of SendGrid, as far as it is read. What a mail was marked with stands among its fields. */
export const sendgridEvent = z.object({
  event: z.string().max(100),
  /** In seconds since the epoch. */
  timestamp: z.int().min(0).max(8.64e12),
  sg_event_id: word,
  email: word,
  wend_connection: word,
  wend_delivery: z.uuid().optional().catch(undefined),
  reason: words,
  response: words,
  status: word,
  type: word,
  bounce_classification: word,
  url: words,
  useragent: words,
  sg_machine_open: z.boolean().optional().catch(undefined),
  asm_group_id: z.int().optional().catch(undefined),
});

export type SendgridEvent = z.infer<typeof sendgridEvent>;
