import { matchEmailAddress } from "@wend/plugin";
import type { DeliverySettings } from "../../connections/delivery-settings.ts";

/** The limits of a connection that are counted in its usage. */
export type Limits = Pick<DeliverySettings, "dailyQuota" | "warmUp" | "perDomain">;

const dayMs = 86_400_000;
export const minuteMs = 60_000;

/** Where the civil day in UTC of an instant begins: UTC has no other days. */
export const dayOf = (now: number): number => Math.floor(now / dayMs) * dayMs;

export const minuteOf = (now: number): number => Math.floor(now / minuteMs) * minuteMs;

/** The limits a connection has; null when it has none, so that its claims need not count. */
export function limitsOf({ dailyQuota, warmUp, perDomain }: DeliverySettings): Limits | null {
  const limited = dailyQuota !== null || warmUp !== null || Object.keys(perDomain).length > 0;
  return limited ? { dailyQuota, warmUp, perDomain } : null;
}

/** Deliveries that may go on the day of `now`. */
export function quotaOn({ dailyQuota, warmUp }: Limits, now: number): number {
  const everyDay = dailyQuota ?? Number.POSITIVE_INFINITY;
  if (warmUp === null) return everyDay;
  const day = Math.round((dayOf(now) - Date.parse(warmUp.startsOn)) / dayMs);
  return day < 0 ? 0 : (warmUp.perDay[day] ?? everyDay);
}

/** When there is a quota again after the day of `now`. */
export function nextQuotaAt({ warmUp }: Limits, now: number): number {
  const tomorrow = dayOf(now) + dayMs;
  return warmUp === null ? tomorrow : Math.max(tomorrow, Date.parse(warmUp.startsOn));
}

/** Deliveries a minute to a domain. */
export function perMinuteOf({ perDomain }: Limits, domain: string): number {
  const own = Object.hasOwn(perDomain, domain) ? perDomain[domain] : perDomain["*"];
  return own ?? Number.POSITIVE_INFINITY;
}

/** The domain of an e-mail address, in lower case and ASCII; undefined where there is none. */
export function domainOf(address: string | null): string | undefined {
  const match = address === null ? undefined : matchEmailAddress(address);
  return match?.ok ? match.value.domain : undefined;
}
