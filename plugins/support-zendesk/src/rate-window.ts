import { WendError } from "@wend/plugin";

/** What Zendesk has said is left of the account's minute. */
export interface RateWindow {
  /** Throws `provider.rate_limited` while nothing is left. */
  check(): void;
  note(headers: Headers): void;
}

/** Asking on when nothing is left only earns a 429, for whoever else uses the account too. */
export function createRateWindow(now: () => number): RateWindow {
  let closedUntil = 0;
  return {
    check: () => {
      const retryAfterMs = closedUntil - now();
      if (retryAfterMs > 0) {
        throw new WendError("provider.rate_limited", { detail: "The account's minute is used up.", retryAfterMs });
      }
    },
    note: (headers) => {
      const resetMs = findResetMs(headers);
      if (headers.get("ratelimit-remaining") === "0" && resetMs !== undefined) closedUntil = now() + resetMs;
    },
  };
}

/** When the account's window begins anew, in milliseconds from now. */
export function findResetMs(headers: Headers): number | undefined {
  const seconds = headers.get("ratelimit-reset") ?? "";
  // A window is a minute; what says otherwise is not believed.
  return /^[0-9]{1,4}$/.test(seconds) ? Math.min(Number(seconds), 60) * 1_000 : undefined;
}
