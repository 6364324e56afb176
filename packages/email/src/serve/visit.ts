import type { PluginHost } from "@wend/plugin";
import { z } from "zod";
import type { HeardByVisit } from "./heard-by-visit.ts";
import { isMachine } from "./is-machine.ts";

/** A request with a token of ours. */
export interface Visit {
  readonly request: Request;
  readonly token: string;
  readonly host: PluginHost;
}

const carried = z.object({
  d: z.uuid(),
  t: z.number().default(0),
  u: z.string().optional(),
});

/** What a token carries: the delivery, when it was sent, where a click leads. Undefined for one that is not ours. */
export function openToken({ host, token }: Visit, purpose: string): z.infer<typeof carried> | undefined {
  return carried.safeParse(host.links.open(purpose, token)).data;
}

/** What an opening and a click have in common. Loads within a minute count once, people and machines apart. */
export function seen({ request, host }: Visit, { d, t }: { readonly d: string; readonly t: number }, what: string) {
  const now = host.now();
  const machine = isMachine({ request, now, sentAt: t });
  const id = `${what}:${d}:${machine ? "machine" : "person"}:${Math.floor(now / 60_000)}`;
  return { about: { deliveryId: d }, id, at: now, ...(machine && { machine }) };
}

/** The answer to a method that a path does not take. */
export const notAllowed = (): HeardByVisit => ({ response: new Response(null, { status: 405 }) });
