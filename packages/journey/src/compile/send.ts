import type { ActionManifest } from "@wend/plugin";
import type { Catalog } from "../language/catalog.ts";
import type { OutcomePolicy, SendNode, WebhookNode } from "../language/node.ts";
import { webhookAction } from "../language/node.ts";
import type { NodeContext } from "./nodes.ts";
import type { CompiledOutcome, CompiledSend } from "./types.ts";

export function compileSend(node: SendNode | WebhookNode, context: NodeContext): CompiledSend {
  const { id, c, catalog, resolve } = context;
  const name = node.action ?? webhookAction;
  const action = findAction(catalog, node.connection, name);
  c.gathered.connections.add(node.connection);
  return {
    id,
    type: node.type,
    connection: node.connection,
    action: name,
    // A connection that has gone since publication is refused by the gate, whatever the channel.
    channel: action?.channel ?? "unknown",
    purpose: (node.type === "send" ? node.purpose : undefined) ?? action?.purpose ?? "promotional",
    topic: (node.type === "send" ? node.topic : undefined) ?? null,
    addressKind: action?.address ?? null,
    input: node.input,
    outcome: compileOutcome(node.outcome, context),
    as: node.as,
    next: resolve(node.next, "next"),
  };
}

function findAction(catalog: Catalog, connection: string, action: string): ActionManifest | undefined {
  const actions = Object.hasOwn(catalog.connections, connection) ? catalog.connections[connection]?.actions : undefined;
  return actions !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
}

function compileOutcome(outcome: OutcomePolicy, { resolve }: NodeContext): CompiledOutcome {
  if (outcome.policy !== "branch") return outcome;
  const failed = resolve(outcome.failed, "outcome", "failed");
  return {
    policy: "branch",
    failed,
    suppressed: resolve(outcome.suppressed, "outcome", "suppressed"),
    unknown: outcome.unknown === undefined ? failed : resolve(outcome.unknown, "outcome", "unknown"),
  };
}
