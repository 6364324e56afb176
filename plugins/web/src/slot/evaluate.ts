import { createHash } from "node:crypto";
import type { PluginHost } from "@wend/plugin";
import type { Asked } from "../serve/asked.ts";
import { json } from "../serve/json.ts";
import { readContext } from "./context.ts";
import { toEvaluation } from "./evaluation.ts";
import { findLiveSlots } from "./live-slots.ts";

/** All slots of a customer, decided now; 304 when that is what the page has already. */
export async function evaluateAll(host: PluginHost, { request, profileId, signal }: Asked): Promise<Response> {
  const read = await readContext(request);
  if ("errorCode" in read) return json(read, 400);
  const slots = await findLiveSlots(host, { profileId, context: read.context, signal });
  const flags = [...slots.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(toEvaluation);
  const etag = tagOf(flags);
  const headers = { etag, "cache-control": "private, no-cache" };
  if (isKnown(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return json({ flags }, 200, headers);
}

/** One slot of a customer, decided now. */
export async function evaluateOne(host: PluginHost, { request, profileId, parts, signal }: Asked): Promise<Response> {
  const key = decodeKey(parts[0]!);
  const read = await readContext(request);
  if ("errorCode" in read) return json({ key, ...read }, 400);
  const slot = (await findLiveSlots(host, { profileId, context: read.context, signal })).get(key);
  return slot ? json(toEvaluation(slot)) : json({ key, errorCode: "FLAG_NOT_FOUND" }, 404);
}

const tagOf = (flags: unknown): string =>
  `"${createHash("sha256").update(JSON.stringify(flags)).digest("base64url").slice(0, 22)}"`;

const isKnown = (header: string | null, etag: string): boolean =>
  (header ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === etag);

function decodeKey(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
