import { z } from "zod";

/** What a connection's sandbox does, or did with one delivery. */
export const sandboxView = z.union([z.object({ redirectTo: z.string() }), z.object({ record: z.literal(true) })]);
