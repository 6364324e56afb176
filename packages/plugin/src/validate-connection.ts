import type { PluginManifest } from "./contract/manifest.ts";
import type { Problem } from "./errors.ts";
import { jsonPointer } from "./json-pointer.ts";
import { pluginProblem } from "./plugin-problem.ts";

const optionalMethods = ["lookup", "receive", "poll", "serve", "preview", "check", "close"] as const;

/**
 * What a connection lacks of what its manifest promises, and what it has that nobody calls; empty when it is complete. The compiler says the same
 * to a plugin in TypeScript; this is for one in JavaScript, asked once when a connection opens.
 */
export function validateConnection(manifest: PluginManifest, connection: unknown): Problem[] {
  if (typeof connection !== "object" || connection === null) {
    return [pluginProblem("connection.not_an_object", "")];
  }
  const fields = connection as Fields;
  return [
    ...actionProblems(manifest, fields),
    ...undeclaredBatches(manifest, fields),
    ...incomingProblems(manifest, fields),
    ...methodProblems(fields),
    ...unknownFields(manifest, fields),
  ];
}

type Fields = { readonly [field: string]: unknown };

function* actionProblems({ actions }: PluginManifest, fields: Fields): Generator<Problem> {
  for (const [name, action] of Object.entries(actions)) {
    if (!hasHandler(fields.actions, name)) {
      const message = `The action ${name} has no handler.`;
      yield pluginProblem("connection.no_handler", jsonPointer(["actions", name]), { message });
    }
    if (action.dedupe.by === "lookup" && fields.lookup === undefined) {
      const message = `The action ${name} declares dedupe by lookup, and the connection has no lookup().`;
      yield pluginProblem("connection.no_lookup", "/lookup", { message });
    }
    if (action.batch !== undefined && !hasHandler(fields.batches, name)) {
      const message = `The action ${name} declares batch, and has no handler in batches.`;
      yield pluginProblem("connection.no_batch_handler", jsonPointer(["batches", name]), { message });
    }
  }
}

function* undeclaredBatches({ actions }: PluginManifest, { batches }: Fields): Generator<Problem> {
  for (const [name, handler] of Object.entries(fieldsOf(batches))) {
    const isDeclared = Object.hasOwn(actions, name) && actions[name]?.batch !== undefined;
    if (handler === undefined || isDeclared) continue;
    const message = `No action ${name} declares batch: this handler is never called.`;
    yield pluginProblem("connection.batch_undeclared", jsonPointer(["batches", name]), { message });
  }
}

function* incomingProblems({ events = [], signals = {}, poll }: PluginManifest, fields: Fields): Generator<Problem> {
  const hears = ["receive", "poll", "serve"].some((name) => fields[name] !== undefined);
  const tells = events.length > 0 || Object.keys(signals).length > 0;
  if (tells && !hears) yield pluginProblem("connection.no_receiver", "/receive");
  if (poll !== undefined && fields.poll === undefined) yield pluginProblem("connection.no_poll", "/poll");
  if (poll === undefined && fields.poll !== undefined) yield pluginProblem("connection.poll_undeclared", "/poll");
}

function* methodProblems(fields: Fields): Generator<Problem> {
  for (const name of optionalMethods) {
    if (fields[name] !== undefined && typeof fields[name] !== "function") {
      yield pluginProblem("connection.not_a_method", `/${name}`, { message: `${name} is a function.` });
    }
  }
}

// Misspelt, a method that a connection may go without would be as if it were not there.
function* unknownFields({ actions }: PluginManifest, fields: Fields): Generator<Problem> {
  const known: readonly string[] = ["actions", "batches", ...optionalMethods];
  for (const name of Object.keys(fields).filter((field) => !known.includes(field))) {
    const message = `A connection has no ${name}; there are: ${known.join(", ")}.`;
    yield pluginProblem("connection.unknown_field", jsonPointer([name]), { message });
  }
  for (const name of Object.keys(fieldsOf(fields.actions)).filter((action) => !Object.hasOwn(actions, action))) {
    const message = `The manifest declares no action ${name}: this handler is never called.`;
    yield pluginProblem("connection.unknown_field", jsonPointer(["actions", name]), { message });
  }
}

const fieldsOf = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});

// An action may be called like a method of every object, which is no handler.
function hasHandler(handlers: unknown, name: string): boolean {
  const handler = fieldsOf(handlers)[name];
  return typeof handler === "function" && handler !== (Object.prototype as unknown as Fields)[name];
}
