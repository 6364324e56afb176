import type { CustomerDelivery } from "@wend/plugin";
import { z } from "zod";

/** A message as it is kept with its delivery. */
export const stored = z.object({
  title: z.string(),
  body: z.string(),
  url: z.string().nullable(),
  /** In milliseconds since the epoch. */
  expiresAt: z.number().nullable(),
});

/** A message as a browser gets it. */
export interface Message extends z.infer<typeof stored> {
  readonly id: string;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  readonly read: boolean;
}

export function toMessage({ id, at, receipt, output }: CustomerDelivery): Message | undefined {
  const { success, data } = stored.safeParse(output);
  return success ? { id, at, read: receipt !== undefined, ...data } : undefined;
}
