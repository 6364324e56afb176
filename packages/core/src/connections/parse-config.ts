import type { JsonObject } from "@wend/journey";
import type { Plugin, Problem } from "@wend/plugin";
import { resolveDedupe, WendError } from "@wend/plugin";
import { parseInput } from "../workspaces/parse-input.ts";
import type { OnUnknown } from "./connection.ts";

/** A configuration split for storage: what may be shown, and what must be sealed. */
export interface SplitConfig {
  readonly config: JsonObject;
  readonly secrets: { readonly [field: string]: string };
}

/**
 * Checks a configuration by the plugin's schema, all problems at once (`connection.invalid_config`), and splits it.
 * Pointers lead into
 * the connection. It is kept as written and parsed again when opened: a schema may transform, and twice is not once.
 */
export function parseConfig(plugin: Plugin, written: JsonObject): SplitConfig {
  const { manifest } = plugin;
  parseInput(manifest.config, written, { code: "connection.invalid_config", at: "/config" });
  const secretFields = new Set<string>(manifest.secrets);
  const config: Record<string, JsonObject[string]> = {};
  const secrets: Record<string, string> = {};
  for (const field of Object.keys(manifest.config.shape)) {
    const value = Object.hasOwn(written, field) ? written[field] : undefined;
    if (value === undefined) continue;
    if (!secretFields.has(field)) config[field] = value;
    else if (value !== null) secrets[field] = String(value);
  }
  return { config, secrets };
}

/** An action without any dedupe forces the choice; there is no default to regret. */
export function assertOnUnknown(plugin: Plugin, written: JsonObject, onUnknown: OnUnknown | null): void {
  if (onUnknown !== null) return;
  const parsed = parseInput(plugin.manifest.config, written, "connection.invalid_config");
  const blind = Object.entries(plugin.manifest.actions).filter(
    ([, action]) => resolveDedupe(action.dedupe, parsed).by === "none",
  );
  if (blind.length === 0) return;
  const problem: Problem = {
    code: "connection.on_unknown_required",
    pointer: "/onUnknown",
    message: `Whether a call of ${blind.map(([name]) => name).join(", ")} succeeded cannot be found out when its answer is lost.`,
    fix: "Choose hold (list it for a person), resend (risk sending twice) or drop (risk not sending).",
  };
  throw new WendError("connection.invalid_config", { detail: problem.message, problems: [problem] });
}
