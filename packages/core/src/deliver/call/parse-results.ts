import type { ActionManifest } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { ParsedAcceptance } from "./parse-accepted.ts";
import { parseAccepted } from "./parse-accepted.ts";

/** What a batch handler returned, if it is a result for each of its deliveries; else `plugin.bad_output`. */
export function parseResults(returned: unknown, count: number): readonly unknown[] {
  if (!Array.isArray(returned)) {
    throw new WendError("plugin.bad_output", { detail: "A batch handler resolves to a list of results." });
  }
  if (returned.length === count) return returned;
  const detail = `A batch of ${count} deliveries has ${count} results; it returned ${returned.length}.`;
  throw new WendError("plugin.bad_output", { detail });
}

/** One result of a batch, as if the delivery had had a call of its own: throws the error it holds. */
export function parseResult(action: ActionManifest, result: unknown): ParsedAcceptance {
  const error = (result as { error?: unknown } | null | undefined)?.error;
  if (error === undefined) return parseAccepted(action, result);
  if (error instanceof Error) throw error;
  throw new WendError("plugin.bad_output", { detail: "`error` of a result is a WendError." });
}
