import type { Preview } from "@wend/plugin";
import { jsonPointer, WendError } from "@wend/plugin";
import { z } from "zod";

const count = z.int().min(0);

const previewSchema = z.strictObject({
  parts: count,
  bytes: count,
  encoding: z.string().min(1).max(100).optional(),
  cost: z.strictObject({ amount: z.number().min(0), currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
  notes: z.array(z.string().max(500)).max(100),
});

/** What a plugin's preview() returned, if it is one; else `plugin.bad_output`. */
export function parsePreview(returned: unknown): Preview {
  const parsed = previewSchema.safeParse(returned);
  // What is optional is absent rather than undefined.
  if (parsed.success) return JSON.parse(JSON.stringify(parsed.data)) as Preview;
  const [issue] = parsed.error.issues;
  const detail = `preview() returned at "${jsonPointer(issue?.path ?? [])}": ${issue?.message ?? ""}`;
  throw new WendError("plugin.bad_output", { detail });
}
