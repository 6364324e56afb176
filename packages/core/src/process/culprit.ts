import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { readForeign } from "../connections/read-foreign.ts";
import { stackFrames } from "../connections/stack-frames.ts";
import type { PluginScope } from "./plugin-scope.ts";

/** Where the code of a plugin lies. */
export interface PluginFolder {
  readonly plugin: string;
  /** A folder or one file. */
  readonly path: string;
}

/** An error that reached nobody: a promise that was rejected, or what was thrown out of a timer or a listener. */
export interface Stray {
  readonly error: unknown;
  readonly origin: "rejection" | "exception";
  readonly scope: PluginScope | undefined;
  readonly folders: readonly PluginFolder[];
}

/** Whose error it is. `unknown`: what is on the stack belongs to the platform or to a library, and nobody is known to use it. */
export type Culprit =
  | { readonly kind: "plugin"; readonly plugin: string; readonly connectionId?: string }
  | { readonly kind: "own" }
  | { readonly kind: "unknown" };

/**
 * A plugin's code on the stack, or the scope in which it began, makes an error its own; so does a promise of the host that
 * the plugin did not wait for. What the host throws with no plugin on its stack is the host's, whatever began it.
 */
export function findCulprit({ error, origin, scope, folders }: Stray): Culprit {
  const files = (stackFrames(error) ?? []).map(fileOf).filter((file) => file !== undefined);
  const named = files.map((file) => folders.find(({ path }) => holds(path, file))).find((one) => one !== undefined);
  if (scope && (named || origin === "rejection" || !files.some(isHost))) return { kind: "plugin", ...scope };
  if (named) return { kind: "plugin", plugin: named.plugin };
  return files.some((file) => isHost(file) || !isInstalled(file)) ? { kind: "own" } : { kind: "unknown" };
}

const hostFolder = resolve(import.meta.dirname, "../..");
const isHost = (file: string): boolean => holds(hostFolder, file);
const installed = `${sep}node_modules${sep}`;
const isInstalled = (file: string): boolean => file.includes(installed);

// What is installed below a folder is not of that folder.
function holds(path: string, file: string): boolean {
  return file === path || (file.startsWith(path + sep) && !file.slice(path.length).includes(installed));
}

function fileOf(frame: string): string | undefined {
  const [, place = ""] = /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):\d+:\d+\)?$/.exec(frame) ?? [];
  if (place === "") return undefined;
  // A stack is text that a plugin may have written: not every such URL is a file.
  return place.startsWith("file://") ? readForeign(() => fileURLToPath(place)) : place;
}
