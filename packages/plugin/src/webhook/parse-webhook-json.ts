import type { z } from "zod";
import { WendError } from "../errors.ts";
import { jsonPointer } from "../json-pointer.ts";
import { parseForeignJson } from "../parse-foreign-json.ts";

/**
 * The JSON of a webhook that was shown to be genuine, as a schema reads it, with texts that can be stored: U+FFFD stands
 * where NUL or half of a character did. Throws `webhook.unreadable`, which the
 * provider hears as 400: what no schema expects is not worth another try.
 *
 * @example
 * const { id, type, at } = parseWebhookJson(request.body, z.object({ id: z.string(), type: z.string(), at: z.int() }));
 */
export function parseWebhookJson<Schema extends z.ZodType>(body: Uint8Array, schema: Schema): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(parseJson(body));
  if (success) return data;
  const [issue] = error.issues;
  const pointer = jsonPointer(issue?.path ?? []);
  throw new WendError("webhook.unreadable", { pointer, ...(issue && { detail: issue.message }) });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return parseForeignJson(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new WendError("webhook.unreadable", { detail: "It is no JSON." });
  }
}
