import type { JsonObject } from "@wend/journey";
import type { ActionManifest, Plugin, Problem } from "@wend/plugin";
import { resolveDedupe, WendError } from "@wend/plugin";
import type { Fault } from "../workspaces/parse-input.ts";
import { parseInput, toProblems } from "../workspaces/parse-input.ts";
import type { OnUnknown } from "./connection.ts";
import { connectionProblemTable } from "./problem-table.ts";

/** What a connection's plugin has a say in. */
export interface WrittenConfig {
  readonly config: JsonObject;
  readonly onUnknown: OnUnknown | null;
}

/** A configuration split for storage: what may be shown, and what must be sealed. */
export interface SplitConfig {
  readonly config: JsonObject;
  readonly secrets: { readonly [field: string]: string };
}

const inConfig = { code: "connection.invalid_config", at: "/config" } as const;

/** A stored configuration as the plugin reads it. Throws `connection.invalid_config`: the plugin may be younger. */
export const parseConfig = ({ manifest }: Plugin, written: object) => parseInput(manifest.config, written, inConfig);

/** All problems of a configuration by the plugin's schema, and of the choice it asks for; pointers lead into the connection. */
export function findConfigProblems(plugin: Plugin, { config, onUnknown }: WrittenConfig): Problem[] {
  const { shape } = plugin.manifest.config;
  // Without the fields that nobody knows, which are not stored: a strict schema would check nothing beyond them.
  const known = Object.fromEntries(Object.entries(config).filter(([field]) => Object.hasOwn(shape, field)));
  const parsed = plugin.manifest.config.safeParse(known);
  return [
    ...toProblems(parsed.error?.issues ?? [], inConfig),
    ...(onUnknown === null ? findMissingChoice(plugin, parsed.data ?? known) : []),
  ];
}

/** A problem for each field that the plugin does not know: a misspelt secret would be lost in silence. */
export function findUnknownFields(plugin: Plugin, config: JsonObject): Problem[] {
  const known = Object.keys(plugin.manifest.config.shape);
  const message = `The plugin has no such field; ${known.length > 0 ? `it has: ${known.join(", ")}` : "it has none"}.`;
  const faults = Object.keys(config)
    .filter((field) => !known.includes(field))
    .map((field): Fault => ({ path: [field], message }));
  return toProblems(faults, inConfig);
}

/** Throws `connection.invalid_config` with the problems, if there are any. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw refusal(problems);
}

/** One error out of all problems of a connection. */
export function refusal(problems: readonly Problem[]): WendError {
  const only = problems.length === 1 ? { detail: problems[0]!.message } : {};
  return new WendError("connection.invalid_config", { pointer: problems[0]?.pointer ?? "", ...only, problems });
}

/**
 * Splits a configuration without problems. It is kept as written and parsed again when opened: a schema may
 * transform, and twice is not once.
 */
export function splitConfig({ manifest }: Plugin, written: JsonObject): SplitConfig {
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

// An action without any dedupe forces the choice; there is no default to regret.
function findMissingChoice({ manifest }: Plugin, config: { readonly [field: string]: unknown }): Problem[] {
  const blind = Object.entries(manifest.actions).filter(
    ([, action]) => resolveDedupe(action.dedupe, config).by === "none",
  );
  if (blind.length === 0) return [];
  const names = blind.map(([name]) => name).join(", ");
  return [
    {
      code: "connection.on_unknown_required",
      pointer: "/onUnknown",
      message: `Whether a call of ${names} succeeded cannot be found out when its answer is lost.`,
      fix: `${connectionProblemTable["connection.on_unknown_required"].fix}${windowHint(blind)}`,
    },
  ];
}

// Where the plugin leaves it to the operator whether the provider acts once per key.
function windowHint(blind: readonly [string, ActionManifest][]): string {
  const fields = new Set(blind.flatMap(([, { dedupe }]) => (dedupe.by === "key" ? [dedupe.windowField] : [])));
  return fields.size === 0 ? "" : ` If the provider acts once per key, set config.${[...fields].join(", ")} instead.`;
}
