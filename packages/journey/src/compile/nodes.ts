import { WendError } from "@wend/plugin";
import type { Path } from "../check/problem.ts";
import { createProblem } from "../check/problem.ts";
import type { JourneyDefinition } from "../language/definition.ts";
import type { Node } from "../language/node.ts";
import type { Compiling } from "../predicate/compiling.ts";
import { compileBranching } from "./branching.ts";
import type { CompileOptions } from "./compile.ts";
import { compileSend } from "./send.ts";
import type { CompiledNode } from "./types.ts";
import { compileUpdate } from "./update.ts";
import { compileDelay, compileWait } from "./waiting.ts";

/** What the compiler of one node is given. */
export interface NodeContext extends CompileOptions {
  readonly c: Compiling;
  readonly id: string;
  /** The node an edge leads to. */
  readonly resolve: (target: string, ...path: Path) => CompiledNode;
}

interface CompileNodes extends CompileOptions {
  readonly definition: JourneyDefinition;
  readonly c: Compiling;
}

/** Compiles all nodes. Loops are legal, so each node exists before it is filled, and edges are plain references. */
export function compileNodes(input: CompileNodes): { start: CompiledNode; byId: ReadonlyMap<string, CompiledNode> } {
  const { definition } = input;
  const byId = new Map(Object.keys(definition.nodes).map((id) => [id, {} as CompiledNode]));
  const resolve = (target: string, path: Path) => byId.get(target) ?? dangling(target, path);
  for (const [id, node] of Object.entries(definition.nodes)) {
    const context: NodeContext = {
      ...input,
      id,
      resolve: (target, ...path) => resolve(target, ["nodes", id, ...path]),
    };
    Object.assign(byId.get(id)!, compileNode(node, context));
  }
  return { start: resolve(definition.start, ["start"]), byId };
}

function compileNode(node: Node, context: NodeContext): CompiledNode {
  switch (node.type) {
    case "delay":
      return compileDelay(node, context);
    case "waitForEvent":
      return compileWait(node, context);
    case "split":
    case "randomSplit":
      return compileBranching(node, context);
    case "send":
    case "webhook":
      return compileSend(node, context);
    case "updateProfile":
      return compileUpdate(node, context);
    case "end":
      return { id: context.id, type: "end", outcome: node.outcome };
  }
}

function dangling(target: string, path: Path): never {
  const problem = createProblem("journey.dangling_edge", path, `there is no node ${JSON.stringify(target)}`);
  throw new WendError("journey.invalid", { pointer: problem.pointer, problems: [problem] });
}
