import type { Json } from "../json.ts";
import type { Operand } from "../language/operand.ts";
import { splitRef } from "../language/ref.ts";
import type { Compiling } from "./compiling.ts";
import { gatherRef } from "./compiling.ts";
import { compileCount, compileSum } from "./history.ts";
import { compileRef } from "./path.ts";
import type { Read } from "./scope.ts";

/** An operand as a closure. */
export function compileOperand(operand: Operand, c: Compiling): Read {
  const literal = literalOf(operand);
  if (literal !== undefined) return () => literal;
  if (typeof operand !== "object" || operand === null) return () => undefined;
  if ("ref" in operand) {
    const [root, key] = splitRef(operand.ref);
    gatherRef(c, root, key);
    return compileRef(operand.ref);
  }
  if ("count" in operand) return compileCount(operand.count, c);
  if ("sum" in operand) return compileSum(operand.sum, c);
  return () => undefined;
}

/** What an operand means when it means itself; undefined when it has to be read. */
export function literalOf(operand: Operand): Json | undefined {
  if (typeof operand !== "object" || operand === null || Array.isArray(operand)) return operand as Json;
  return "literal" in operand ? operand.literal : undefined;
}
