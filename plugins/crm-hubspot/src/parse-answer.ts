import { WendError } from "@wend/plugin";
import type { z } from "zod";

/** What HubSpot has answered with 2xx, as a schema reads it. What it cannot read leaves open what was done. */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { success, data } = schema.safeParse(body);
  if (success) return data;
  throw new WendError("provider.unknown_outcome", { detail: "HubSpot's answer is not of the documented form." });
}
