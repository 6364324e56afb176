import type { PluginManifest } from "./contract.ts";
import type { Problem } from "./errors.ts";
import { pluginProblem } from "./plugin-problem.ts";

const optionalMethods = ["lookup", "check", "close"] as const;

/**
 * What a connection lacks of what its manifest promises; empty when it is complete. The compiler says the same
 * to a plugin in TypeScript; this is for one in JavaScript, asked once when a connection opens.
 */
export function validateConnection(manifest: PluginManifest, connection: unknown): Problem[] {
  if (typeof connection !== "object" || connection === null) {
    return [pluginProblem("connection.not_an_object", "")];
  }
  const fields = connection as Record<string, unknown>;
  const handlers = (fields.actions ?? {}) as Record<string, unknown>;
  const problems: Problem[] = [];
  for (const [name, action] of Object.entries(manifest.actions)) {
    if (typeof handlers[name] !== "function") {
      const message = `The action ${name} has no handler.`;
      problems.push(pluginProblem("connection.no_handler", `/actions/${name}`, { message }));
    }
    if (action.dedupe.by === "lookup" && fields.lookup === undefined) {
      const message = `The action ${name} declares dedupe by lookup, and the connection has no lookup().`;
      problems.push(pluginProblem("connection.no_lookup", "/lookup", { message }));
    }
  }
  for (const name of optionalMethods) {
    if (fields[name] !== undefined && typeof fields[name] !== "function") {
      problems.push(pluginProblem("connection.not_a_method", `/${name}`, { message: `${name} is a function.` }));
    }
  }
  return problems;
}
