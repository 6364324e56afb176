import { WendError } from "@wend/plugin";
import type { Logger } from "pino";
import type { OpenAction, OpenConnection } from "../../connections/open-connection.ts";
import { readPluginError } from "../../connections/plugin-error.ts";
import type { PluginScope } from "../../process/plugin-scope.ts";
import type { OutcomeRules } from "../decide-outcome.ts";
import type { Lease } from "../lease.ts";
import type { Turns } from "../turns.ts";

/** What the calls of one claim share. */
export interface Performance {
  readonly connection: OpenConnection;
  readonly lease: Lease;
  /** The instant of the claim, by the deciding clock. */
  readonly claimedAt: number;
  readonly log: Logger;
  readonly turns: Turns;
  random(): number;
}

// A manual clock stands still while a call is under way, the database's does not.
export const instant = ({ claimedAt, lease }: Performance): number => Math.round(claimedAt + lease.elapsed());

export const scopeOf = ({ connection }: Performance): PluginScope => ({
  plugin: connection.manifest.id,
  connectionId: connection.id,
});

export const rulesOf = ({ connection, random }: Performance, { dedupe }: OpenAction): OutcomeRules => ({
  dedupe,
  onUnknown: connection.onUnknown,
  random,
});

/** The error by its own code, or by this one. Never throws. */
export function codedOr(cause: unknown, code: "plugin.timeout" | "plugin.crashed" | "internal.unexpected"): WendError {
  return readPluginError(cause) ?? new WendError(code, { cause });
}
