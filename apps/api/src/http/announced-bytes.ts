import { ingestLimits } from "@wend/core";
import type { HostContext } from "./host.ts";
import { headerOf } from "./host.ts";

/** What a body may have at most: as announced, or the limit when nothing reliable was. */
export function announcedBytes(c: HostContext, most: number = ingestLimits.bodyBytes): number {
  const length = headerOf(c, "content-length");
  if (length === undefined || headerOf(c, "content-encoding") !== undefined) return most;
  return Math.min(Number(length) || 0, most);
}
