import { WendError } from "@wend/plugin";
import { z } from "zod";

/** A ticket, as far as the plugin reads it. */
export const ticketSchema = z.object({
  id: z.int(),
  subject: z.string().nullish(),
  status: z.string(),
  priority: z.string().nullish(),
  tags: z.array(z.string()).default([]),
  external_id: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type Ticket = z.infer<typeof ticketSchema>;

export const ticketAnswer = z.object({ ticket: ticketSchema });

/** `new`, `open`, `pending` and `hold`: somebody still has to do something. */
export const isOpen = ({ status }: Ticket): boolean => status !== "solved" && status !== "closed";

/** A closed ticket can never be changed again. */
export function refuseClosed({ id, status }: Ticket): void {
  if (status !== "closed") return;
  throw new WendError("provider.rejected", { detail: `Ticket ${id} is closed: Zendesk changes it no more.` });
}
