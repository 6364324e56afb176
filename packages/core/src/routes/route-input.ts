import { z } from "zod";

const member = z.strictObject({
  connection: z.string().min(1).max(200),
  weight: z.number().min(0).max(1_000_000).default(1),
});

/** What of a route may be changed. */
export const routeParts = {
  mode: z.enum(["failover", "split"]),
  members: z.array(member).min(1).max(20),
};

/** A member as a caller names it, by its connection's id or key. */
export type NamedMember = z.output<typeof member>;
