import type { JsonObject } from "@wend/journey";
import type { Preview } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Logger } from "pino";
import { addressIn, sandboxFor } from "../deliver/sandbox/sandbox-for.ts";
import { parseInput } from "../workspaces/parse-input.ts";
import { callPlugin } from "./call-plugin.ts";
import type { ConnectionId, Connections } from "./connections.ts";
import { loadAction } from "./load-action.ts";
import { parsePreview } from "./parse-preview.ts";

const previewTimeoutMs = 10_000;

/** A delivery to be looked at: its input is taken as it is, for nobody whom it could be rendered for is named. */
export interface PreviewRequest {
  readonly action: string;
  readonly input: JsonObject;
  readonly address: string | undefined;
}

interface PreviewSetup {
  readonly asked: PreviewRequest;
  readonly log: Logger;
}

/**
 * What a delivery would be at the provider, without sending it. Throws `connection.unknown_action`, `input.invalid` with
 * every fault, `connection.no_preview`, and what the plugin throws.
 */
export async function previewDelivery(
  connections: Connections,
  id: ConnectionId,
  { asked, log }: PreviewSetup,
): Promise<Preview> {
  const open = await connections.open(id);
  const { instance, manifest, sandbox } = open;
  const action = loadAction(open, asked.action);
  const input = parseInput(action.manifest.input, asked.input, { code: "input.invalid", at: "/input" });
  if (instance.preview === undefined) throw new WendError("connection.no_preview");
  const address = addressIn(sandboxFor(sandbox, action.manifest), asked.address);
  const subject = { action: action.name, input, address };
  const call = { plugin: manifest.id, connectionId: id.connectionId, timeoutMs: previewTimeoutMs, log };
  return parsePreview(await callPlugin(call, async (signal) => instance.preview?.(subject, signal)));
}
