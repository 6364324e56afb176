import type { Received } from "@wend/plugin";
import { jsonPointer, WendError } from "@wend/plugin";
import { z } from "zod";
import { isContentType } from "../../blobs/blob-grammar.ts";

const mostReplyBytes = 65_536;
/** Of these an answer has no body, and none can be made with one. */
const bodiless = new Set([204, 205]);

const replySchema = z
  .strictObject({
    status: z.int().min(200).max(299).optional(),
    contentType: z.string().refine(isContentType, "It is no content type.").optional(),
    body: z
      .string()
      .refine((text) => Buffer.byteLength(text) <= mostReplyBytes, `It is larger than ${mostReplyBytes} bytes.`)
      .optional(),
  })
  .refine(({ status = 200, body = "" }) => body === "" || !bodiless.has(status), "This status has no body.");

/**
 * What a plugin's receive() returned, if it is an object whose reply can be sent; else `plugin.bad_output`, before
 * anything is stored that the provider could not be told of. Its proof and facts are looked at where they count.
 */
export function parseReceived(returned: unknown): Received {
  if (typeof returned !== "object" || returned === null) throw badOutput("It resolves to an object with `proof`.");
  const { reply = {} } = returned as Received;
  const issue = replySchema.safeParse(reply).error?.issues[0];
  if (issue) throw badOutput(`At "/reply${jsonPointer(issue.path)}": ${issue.message}`);
  return returned as Received;
}

const badOutput = (detail: string) => new WendError("plugin.bad_output", { detail: `receive(): ${detail}` });
