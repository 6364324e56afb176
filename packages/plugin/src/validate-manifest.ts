import { CONTRACT } from "./contract/manifest.ts";
import type { Problem } from "./errors.ts";
import { jsonPointer } from "./json-pointer.ts";
import { pluginProblem } from "./plugin-problem.ts";
import { findSchemaDef, kindsOf } from "./schema-kind.ts";
import { unknownFields } from "./unknown-fields.ts";
import { validateAction } from "./validate-action.ts";
import { incomingProblems } from "./validate-incoming.ts";

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const ACTION_NAME = /^[a-z][A-Za-z0-9]{0,63}$/;
const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/**
 * Everything that keeps a manifest from fitting the contract, all at once; empty when it fits. Pointers are
 * into the manifest. It takes `unknown` because a plugin may be written in JavaScript.
 */
export function validateManifest(manifest: unknown): Problem[] {
  if (typeof manifest !== "object" || manifest === null) {
    return [pluginProblem("manifest.not_an_object", "")];
  }
  const fields: Fields = manifest;
  return [
    ...identityProblems(fields),
    ...configProblems(fields),
    ...actionProblems(fields),
    ...incomingProblems(fields),
    ...unknownFields(fields),
  ];
}

interface Fields {
  readonly id?: unknown;
  readonly version?: unknown;
  readonly contract?: unknown;
  readonly config?: unknown;
  readonly secrets?: unknown;
  readonly actions?: unknown;
  readonly events?: unknown;
  readonly signals?: unknown;
  readonly poll?: unknown;
}

function* identityProblems({ id, version, contract }: Fields): Generator<Problem> {
  if (typeof id !== "string" || id.length > 64 || !ID.test(id)) yield pluginProblem("manifest.bad_id", "/id");
  if (typeof version !== "string" || !SEMVER.test(version)) yield pluginProblem("manifest.bad_version", "/version");
  if (contract !== CONTRACT) {
    const message = `The plugin was written for contract ${String(contract)}; this Wend speaks ${CONTRACT}.`;
    yield pluginProblem("manifest.wrong_contract", "/contract", { message });
  }
}

function* configProblems({ config, secrets }: Fields): Generator<Problem> {
  const shape = findSchemaDef(config)?.shape;
  if (shape === undefined) {
    yield pluginProblem("manifest.bad_schema", "/config", { message: "`config` is a zod object." });
    return;
  }
  if (secrets === undefined) return;
  if (!Array.isArray(secrets)) {
    yield pluginProblem("manifest.bad_secrets", "/secrets");
    return;
  }
  for (const [index, name] of secrets.entries()) {
    const field = typeof name === "string" && Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field === undefined || !kindsOf(field).includes("string")) {
      const message = `A secret names a text field of \`config\`; there is none called ${String(name)}.`;
      yield pluginProblem("manifest.bad_secrets", `/secrets/${index}`, { message });
    }
  }
}

function* actionProblems({ actions, config }: Fields): Generator<Problem> {
  if (typeof actions !== "object" || actions === null || Object.keys(actions).length === 0) {
    yield pluginProblem("manifest.no_actions", "/actions");
    return;
  }
  const configShape = findSchemaDef(config)?.shape ?? {};
  for (const [name, action] of Object.entries(actions)) {
    const pointer = jsonPointer(["actions", name]);
    if (!ACTION_NAME.test(name)) yield pluginProblem("manifest.bad_action_name", pointer);
    yield* validateAction(action, { pointer, configShape });
  }
}
