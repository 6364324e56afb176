import { checkInput } from "@wend/content";
import type { Catalog } from "@wend/journey";
import { webhookAction } from "@wend/journey";
import type { ActionManifest, Problem } from "@wend/plugin";
import { safePointer } from "../accept/edge/pointer.ts";

type RawObject = { readonly [key: string]: unknown };

/**
 * The syntax faults of the templates in a definition's sends and webhooks. It may be any JSON of bearable depth: a
 * node that names no known action is somebody else's finding.
 */
export function findTemplateProblems(definition: unknown, catalog: Catalog): Problem[] {
  if (!isObject(definition) || !isObject(definition.nodes)) return [];
  return Object.entries(definition.nodes).flatMap(([id, node]) => {
    if (!isObject(node) || !isObject(node.input)) return [];
    const templates = findAction(node, catalog)?.templates;
    if (templates === undefined) return [];
    const at = safePointer(["nodes", id, "input"]);
    return checkInput(node.input, templates).map((problem) => ({ ...problem, pointer: at + problem.pointer }));
  });
}

function findAction(node: RawObject, catalog: Catalog): ActionManifest | undefined {
  if (node.type !== "send" && node.type !== "webhook") return undefined;
  const name = node.action ?? (node.type === "webhook" ? webhookAction : undefined);
  const connection = ownEntry(catalog.connections, node.connection);
  return connection && ownEntry(connection.actions, name);
}

function ownEntry<T>(entries: { readonly [key: string]: T | undefined }, key: unknown): T | undefined {
  return typeof key === "string" && Object.hasOwn(entries, key) ? entries[key] : undefined;
}

function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
