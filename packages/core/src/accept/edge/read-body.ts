import { promisify } from "node:util";
import { gunzip as gunzipCallback } from "node:zlib";
import { WendError } from "@wend/plugin";
import { ingestLimits } from "../limits.ts";
import { bodyTooLarge } from "./parse-json.ts";

const gunzip = promisify(gunzipCallback);

/** Undoes a body's content encoding; what it inflates to is bounded while it inflates, so a bomb costs its limit. */
export async function decodeBody(
  bytes: Uint8Array,
  encoding: string | undefined,
  most: number = ingestLimits.bodyBytes,
): Promise<Uint8Array> {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return bytes;
    case "gzip":
    case "x-gzip":
      return inflate(bytes, most);
    default:
      throw new WendError("request.unsupported_encoding", { pointer: "", detail: "Only gzip is known." });
  }
}

async function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  try {
    return await gunzip(bytes, { maxOutputLength: most });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw bodyTooLarge(most);
    throw new WendError("request.invalid_json", { pointer: "", detail: "The body is not valid gzip.", cause });
  }
}

/** Gathers a body's chunks and refuses it at the first byte too many, whatever length it announced. */
export async function collectBody(
  chunks: AsyncIterable<Uint8Array>,
  most: number = ingestLimits.bodyBytes,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) throw bodyTooLarge(most);
    parts.push(chunk);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}
