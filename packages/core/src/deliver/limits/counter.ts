import type { Hold } from "./hold.ts";
import type { Limits } from "./limits.ts";
import { domainOf, minuteMs, minuteOf, nextQuotaAt, perMinuteOf, quotaOn } from "./limits.ts";
import type { Usage } from "./usage.ts";

/** What the limits ask of a delivery. */
export interface Countable {
  readonly id: string;
  readonly address: string | null;
  /** It counts for this day already: it was tried before. */
  readonly counted: boolean;
  /** Its worker died in a call: what became of that has to be found out, whatever the limits. */
  readonly lost: boolean;
}

/** A connection's limits, what is used of them, and when. */
export interface Allowance {
  readonly limits: Limits;
  readonly usage: Usage;
  readonly now: number;
}

/** Counts deliveries on top of a usage. */
export interface Counter {
  /** What keeps the delivery from going now; undefined: nothing. */
  heldBy(delivery: Countable): Hold | undefined;
  count(delivery: Countable): void;
  usage(): Usage;
}

export function createCounter({ limits, usage, now }: Allowance): Counter {
  const domains = new Map(usage.domains);
  const quota = quotaOn(limits, now);
  let { deliveries } = usage;
  return {
    heldBy: ({ id, address, counted, lost }) => {
      if (lost) return undefined;
      if (!counted && deliveries >= quota) return { id, reason: "daily_quota", until: nextQuotaAt(limits, now) };
      const domain = domainOf(address);
      if (domain === undefined || (domains.get(domain) ?? 0) < perMinuteOf(limits, domain)) return undefined;
      return { id, reason: "domain_rate", until: minuteOf(now) + minuteMs };
    },
    count: ({ address, counted }) => {
      if (!counted) deliveries += 1;
      const domain = domainOf(address);
      // Domains without a limit would only fill the row.
      if (domain === undefined || perMinuteOf(limits, domain) === Number.POSITIVE_INFINITY) return;
      domains.set(domain, (domains.get(domain) ?? 0) + 1);
    },
    usage: () => ({ ...usage, deliveries, domains }),
  };
}
