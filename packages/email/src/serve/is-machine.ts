import { findAgent } from "./agents.ts";

/** Nobody reads a mail sooner after it was handed over; scanners of the receiving server do. */
const soonestMs = 5_000;

interface Visit {
  readonly request: Request;
  readonly now: number;
  /** When the mail was sent, in seconds since the epoch. */
  readonly sentAt: number;
}

/** Whether a scanner or prefetcher makes this request, as far as it can be told; never certain. */
export function isMachine({ request, now, sentAt }: Visit): boolean {
  const { headers, method } = request;
  const asked = `${headers.get("purpose")} ${headers.get("sec-purpose")} ${headers.get("x-purpose")} ${headers.get("x-moz")}`;
  if (method === "HEAD" || /prefetch|preview/i.test(asked) || now - sentAt * 1_000 < soonestMs) return true;
  const agent = headers.get("user-agent")?.trim() ?? "";
  return findAgent(agent)?.machine ?? (agent === "" || !headers.has("accept"));
}
