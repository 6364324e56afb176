import { CONTRACT } from "./contract.ts";
import type { Problem } from "./errors.ts";
import { jsonPointer } from "./json-pointer.ts";
import { findSchemaDef, kindsOf } from "./schema-kind.ts";
import { validateAction } from "./validate-action.ts";

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
    return [{ code: "manifest.not_an_object", pointer: "", message: "A manifest is an object." }];
  }
  const fields: Fields = manifest;
  return [...identityProblems(fields), ...configProblems(fields), ...actionProblems(fields)];
}

interface Fields {
  readonly id?: unknown;
  readonly version?: unknown;
  readonly contract?: unknown;
  readonly config?: unknown;
  readonly secrets?: unknown;
  readonly actions?: unknown;
}

function* identityProblems({ id, version, contract }: Fields): Generator<Problem> {
  if (typeof id !== "string" || id.length > 64 || !ID.test(id)) {
    yield {
      code: "manifest.bad_id",
      pointer: "/id",
      message: "An id is at most 64 lower case letters, digits and single dashes, and starts with a letter.",
      fix: "Name the channel and the provider: `email-smtp`.",
    };
  }
  if (typeof version !== "string" || !SEMVER.test(version)) {
    yield { code: "manifest.bad_version", pointer: "/version", message: "A version is semantic: `1.4.0`." };
  }
  if (contract !== CONTRACT) {
    yield {
      code: "manifest.wrong_contract",
      pointer: "/contract",
      message: `The plugin was written for contract ${String(contract)}; this Wend speaks ${CONTRACT}.`,
      fix: "Use a version of the plugin written for this contract.",
    };
  }
}

function* configProblems({ config, secrets }: Fields): Generator<Problem> {
  const shape = findSchemaDef(config)?.shape;
  if (shape === undefined) {
    yield { code: "manifest.bad_schema", pointer: "/config", message: "`config` is a zod object." };
    return;
  }
  if (secrets === undefined) return;
  if (!Array.isArray(secrets)) {
    yield { code: "manifest.bad_secrets", pointer: "/secrets", message: "`secrets` is a list of config fields." };
    return;
  }
  for (const [index, name] of secrets.entries()) {
    const field = typeof name === "string" && Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field === undefined || !kindsOf(field).includes("string")) {
      yield {
        code: "manifest.bad_secrets",
        pointer: `/secrets/${index}`,
        message: `A secret names a text field of \`config\`; there is none called ${String(name)}.`,
      };
    }
  }
}

function* actionProblems({ actions, config }: Fields): Generator<Problem> {
  if (typeof actions !== "object" || actions === null || Object.keys(actions).length === 0) {
    yield { code: "manifest.no_actions", pointer: "/actions", message: "A plugin has at least one action." };
    return;
  }
  const configShape = findSchemaDef(config)?.shape ?? {};
  for (const [name, action] of Object.entries(actions)) {
    const pointer = jsonPointer(["actions", name]);
    if (!ACTION_NAME.test(name)) {
      yield {
        code: "manifest.bad_action_name",
        pointer,
        message: "An action's name is letters and digits, starts with a lower case letter, and has at most 64 of them.",
      };
    }
    yield* validateAction(action, { pointer, configShape });
  }
}
