import type { UpdateProfileNode } from "../language/node.ts";
import type { Operand } from "../language/operand.ts";
import { compileOperand } from "../predicate/operand.ts";
import type { NodeContext } from "./nodes.ts";
import type { CompiledUpdate, TraitWrite } from "./types.ts";

export function compileUpdate(node: UpdateProfileNode, context: NodeContext): CompiledUpdate {
  const unset = node.unset ?? [];
  for (const trait of unset) context.c.gathered.traits.add(trait);
  return {
    id: context.id,
    type: "updateProfile",
    set: compileWrites(node.set, context),
    unset,
    increment: compileWrites(node.increment, context),
    append: compileWrites(node.append, context),
    next: context.resolve(node.next, "next"),
  };
}

function compileWrites(writes: { readonly [trait: string]: Operand } | undefined, { c }: NodeContext): TraitWrite[] {
  return Object.entries(writes ?? {}).map(([trait, operand]) => {
    c.gathered.traits.add(trait);
    return { trait, read: compileOperand(operand, c) };
  });
}
