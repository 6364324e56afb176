import type { ActionManifest } from "@wend/plugin";
import { supportedAddressKinds } from "../gate/address.ts";
import type { Catalog } from "../language/catalog.ts";
import { webhookAction } from "../language/node.ts";
import type { JourneyProblem, Path } from "./problem.ts";
import { createProblem } from "./problem.ts";
import type { RawObject } from "./raw.ts";
import { entriesOf, getOwn, isObject } from "./raw.ts";

/** Sends and webhooks against the connections there are: connection, action, input, address. */
export function findActionProblems(input: unknown, catalog: Catalog): JourneyProblem[] {
  return entriesOf(getOwn(input, "nodes")).flatMap(([id, node]) =>
    isObject(node) && isSend(node) ? checkSend(["nodes", id], node, catalog) : [],
  );
}

const isSend = (node: RawObject) => node.type === "send" || node.type === "webhook";

function checkSend(path: Path, node: RawObject, catalog: Catalog): JourneyProblem[] {
  const key = node.connection;
  if (typeof key !== "string") return [];
  const connection = ownEntry(catalog.connections, key);
  if (connection === undefined) {
    return [createProblem("journey.unknown_connection", [...path, "connection"], `it is ${JSON.stringify(key)}`)];
  }
  const name = node.action ?? (node.type === "webhook" ? webhookAction : undefined);
  if (typeof name !== "string") return [];
  const action = ownEntry(connection.actions, name);
  if (action === undefined) {
    const known = Object.keys(connection.actions).join(", ");
    return [createProblem("journey.unknown_action", [...path, "action"], `${connection.plugin} has: ${known}`)];
  }
  return [...checkInput([...path, "input"], node.input, action), ...checkAddress([...path, "action"], action)];
}

function ownEntry<T>(entries: { readonly [key: string]: T | undefined }, key: string): T | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}

function checkInput(path: Path, input: unknown, action: ActionManifest): JourneyProblem[] {
  if (!isObject(input)) return [];
  const fault = (at: Path, detail: string) => createProblem("journey.invalid_input", [...path, ...at], detail);
  try {
    const parsed = action.input.safeParse(input);
    return parsed.success ? [] : parsed.error.issues.map((issue) => fault(issue.path, issue.message));
  } catch (error) {
    // The schema is a plugin's code; what it throws is a fault of this input as far as the author can tell.
    return [fault([], error instanceof Error ? error.message : "the action cannot read it")];
  }
}

function checkAddress(path: Path, action: ActionManifest): JourneyProblem[] {
  if (action.address === undefined || supportedAddressKinds.has(action.address)) return [];
  return [createProblem("journey.send_without_address", path, `it needs: ${action.address}`)];
}
