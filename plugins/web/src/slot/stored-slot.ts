import { z } from "zod";
import { when } from "./when.ts";

/** What a flag of OFREP can be. */
export const value = z.union([z.boolean(), z.string().max(20_000), z.number(), z.record(z.string(), z.json())]);

/** A decision as it is kept with its delivery. */
export const storedSlot = z.object({
  key: z.string(),
  value: value.nullable(),
  variant: z.string().nullable(),
  priority: z.number(),
  /** In milliseconds since the epoch. */
  until: z.number().nullable(),
  /** Decisions from before there were conditions have none. */
  when: when.nullable().default(null),
});

export type StoredSlot = z.infer<typeof storedSlot>;
