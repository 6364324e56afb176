import type { EventFact } from "../decide/types.ts";
import type { Json, JsonObject } from "../json.ts";
import { splitRef } from "../language/ref.ts";
import type { Read, Scope } from "./scope.ts";

/** Reads what a reference names; own properties only, so a prototype is never seen. */
export function compileRef(ref: string): Read {
  const [root, ...path] = splitRef(ref);
  switch (root) {
    case "profile":
      return compileProfile(path);
    case "vars":
      return inside(path, (scope) => scope.vars);
    case "event":
      return compileEvent(path, (scope) => scope.entry);
    case "signal":
      return compileEvent(path, (scope) => scope.signal);
    case "item":
      return compileEvent(path, (scope) => scope.item);
    default:
      return () => undefined;
  }
}

function compileProfile(path: readonly string[]): Read {
  if (path.length === 1 && path[0] === "id") return (scope) => scope.profileId;
  return inside(path, (scope) => scope.traits);
}

function inside(path: readonly string[], from: (scope: Scope) => JsonObject): Read {
  const key = path[0];
  if (path.length === 1 && key !== undefined) return (scope) => getKey(from(scope), key);
  return (scope) => getIn(from(scope), path);
}

function compileEvent(path: readonly string[], from: (scope: Scope) => EventFact | undefined): Read {
  const read = compileEventPath(path);
  return (scope) => {
    const event = from(scope);
    return event === undefined ? undefined : read(event);
  };
}

/** Reads a path inside an event: one of its fields, or `properties.…`. */
export function compileEventPath(path: readonly string[]): (event: EventFact) => Json | undefined {
  const [field, ...rest] = path;
  if (field === "properties") {
    const key = rest[0];
    if (rest.length === 1 && key !== undefined) return (event) => getKey(event.properties, key);
    return (event) => getIn(event.properties, rest);
  }
  if (field === "id" || field === "name" || field === "receivedAt" || field === "occurredAt")
    return (event) => event[field];
  return () => undefined;
}

function getKey(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function getIn(value: Json, path: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as JsonObject)[key];
  }
  return current;
}
