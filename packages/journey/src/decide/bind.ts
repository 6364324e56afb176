import { WendError } from "@wend/plugin";
import type { Json, JsonObject } from "../json.ts";
import { limits } from "../language/limits.ts";
import type { Walk } from "./walk.ts";

/** Keeps a value in the run's vars, in place of what stood there. Throws `run.vars_too_large`. */
export function bind(walk: Walk, name: string, value: Json): void {
  const vars = { ...walk.scope.vars, [name]: value };
  if (isTooLarge(vars)) {
    throw new WendError("run.vars_too_large", { detail: `With ${name} they exceed ${limits.varsBytes} bytes.` });
  }
  walk.scope.vars = vars;
  walk.dirty = true;
}

/** Forgets what an earlier visit has kept. */
export function unbind(walk: Walk, name: string): void {
  if (!Object.hasOwn(walk.scope.vars, name)) return;
  const { [name]: _, ...vars } = walk.scope.vars;
  walk.scope.vars = vars;
  walk.dirty = true;
}

// An event is at most 32 KB and an output 65,536 characters: one of them alone needs no weighing.
function isTooLarge(vars: JsonObject): boolean {
  return Object.keys(vars).length > 1 && new TextEncoder().encode(JSON.stringify(vars)).length > limits.varsBytes;
}
