import type { ActionManifest } from "@wend/plugin";
import type { z } from "zod";
import { supportedAddressKinds } from "../gate/address.ts";
import type { Catalog } from "../language/catalog.ts";
import { webhookAction } from "../language/node.ts";
import { isTemplate, isValueTemplate } from "../language/template.ts";
import type { JourneyProblem, Path } from "./problem.ts";
import { createProblem } from "./problem.ts";
import type { RawObject } from "./raw.ts";
import { entriesOf, getOwn, getPath, isObject } from "./raw.ts";

/** Sends and webhooks against the connections there are: connection, action, input, address. */
export function findActionProblems(input: unknown, catalog: Catalog): JourneyProblem[] {
  return entriesOf(getOwn(input, "nodes")).flatMap(([id, node]) =>
    isObject(node) && isSend(node) ? checkSend(["nodes", id], node, catalog) : [],
  );
}

function checkSend(path: Path, node: RawObject, catalog: Catalog): JourneyProblem[] {
  const key = node.connection;
  if (typeof key !== "string") return [];
  const connection = ownEntry(catalog.connections, key);
  if (connection === undefined) {
    return [createProblem("journey.unknown_connection", [...path, "connection"], `it is ${JSON.stringify(key)}`)];
  }
  const name = actionNameOf(node);
  if (name === undefined) return [];
  const action = ownEntry(connection.actions, name);
  if (action === undefined) {
    const lacking = connection.lacking && ownEntry(connection.lacking, name);
    if (lacking) return [createProblem("route.action_missing", [...path, "action"], `not with: ${lacking.join(", ")}`)];
    const known = Object.keys(connection.actions).join(", ");
    return [createProblem("journey.unknown_action", [...path, "action"], `${connection.plugin} has: ${known}`)];
  }
  return [
    ...checkInput([...path, "input"], node.input, action),
    ...checkAddress([...path, "action"], action),
    ...checkKept([...path, "as"], node, action),
  ];
}

/** Whether a node asks a connection's action for something. */
export const isSend = (node: RawObject) => node.type === "send" || node.type === "webhook";

/** The action that such a node names; undefined where there is none to be found. */
export function findAction(node: RawObject, catalog: Catalog): ActionManifest | undefined {
  const name = actionNameOf(node);
  const connection = typeof node.connection === "string" ? ownEntry(catalog.connections, node.connection) : undefined;
  return connection && name !== undefined ? ownEntry(connection.actions, name) : undefined;
}

function actionNameOf(node: RawObject): string | undefined {
  const name = node.action ?? (node.type === "webhook" ? webhookAction : undefined);
  return typeof name === "string" ? name : undefined;
}

function checkKept(path: Path, node: RawObject, { keepsOutput }: ActionManifest): JourneyProblem[] {
  return node.as === undefined || keepsOutput === true ? [] : [createProblem("journey.output_not_kept", path)];
}

function ownEntry<T>(entries: { readonly [key: string]: T | undefined }, key: string): T | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}

function checkInput(path: Path, input: unknown, action: ActionManifest): JourneyProblem[] {
  if (!isObject(input)) return [];
  const fault = (at: Path, detail: string) => createProblem("journey.invalid_input", [...path, ...at], detail);
  try {
    const unknown = findUnknownFields(path, input, action);
    const parsed = action.input.safeParse(input);
    // A strict schema says itself, in other words, what was found above.
    const issues = (parsed.error?.issues ?? [])
      .filter((issue) => issue.code !== "unrecognized_keys" || issue.path.length > 0)
      .filter((issue) => !isForRendering(issue, input, action));
    return [...unknown, ...issues.map((issue) => fault(issue.path, issue.message))];
  } catch (error) {
    // The schema is a plugin's code; what it throws is a fault of this input as far as the author can tell.
    return [fault([], error instanceof Error ? error.message : "the action cannot read it")];
  }
}

// A template has to fit once it is rendered, and is parsed again then; here it is refused only if it never can.
function isForRendering({ code, path }: z.core.$ZodIssue, input: RawObject, { templates }: ActionManifest): boolean {
  const kind = getOwn(templates, path[0] ?? "");
  const value = getPath(input, path);
  if (kind === undefined || !isTemplate(value)) return false;
  return code !== "invalid_type" || (kind === "json" && isValueTemplate(value));
}

// A schema drops what it does not know, and a misspelt field would never be sent; unless it takes any field.
function findUnknownFields(path: Path, input: RawObject, { input: schema }: ActionManifest): JourneyProblem[] {
  const { shape, catchall } = schema._zod.def;
  if (catchall !== undefined && catchall._zod.def.type !== "never") return [];
  const has = `the action has: ${Object.keys(shape).join(", ")}`;
  return Object.keys(input)
    .filter((field) => !Object.hasOwn(shape, field))
    .map((field) => createProblem("journey.unknown_field", [...path, field], has));
}

function checkAddress(path: Path, action: ActionManifest): JourneyProblem[] {
  if (action.address === undefined || supportedAddressKinds.has(action.address)) return [];
  return [createProblem("journey.send_without_address", path, `it needs: ${action.address}`)];
}
