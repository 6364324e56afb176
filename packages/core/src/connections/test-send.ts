import { compileInput, composeInput } from "@wend/content";
import type { JsonObject } from "@wend/journey";
import type { ActionItem } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Logger } from "pino";
import { parseAccepted } from "../deliver/call/parse-accepted.ts";
import { addressIn, goesByAddress, isRecorded, sandboxFor } from "../deliver/sandbox/sandbox-for.ts";
import { uuidv7 } from "../ids.ts";
import { runGuarded } from "../outbound/call-guard.ts";
import { parseInput } from "../workspaces/parse-input.ts";
import { callPlugin } from "./call-plugin.ts";
import type { ConnectionId, Connections } from "./connections.ts";
import type { Sandbox } from "./delivery-settings.ts";
import { loadAction } from "./load-action.ts";
import type { OpenAction, OpenConnection } from "./open-connection.ts";

/** One call in earnest to an address of the operator's own. */
export interface TestSendRequest {
  readonly action: string;
  /** With its templates. */
  readonly input: JsonObject;
  /** Whom the templates are rendered for: a profile's traits, or a sample of them. */
  readonly profile: JsonObject;
  readonly address: string;
}

export interface TestSent {
  readonly output: JsonObject | null;
  readonly providerId: string | null;
  readonly idempotencyKey: string;
  /** What the connection's sandbox did with it; null in earnest. */
  readonly sandbox: Sandbox | null;
}

export interface TestSendSetup {
  readonly asked: TestSendRequest;
  readonly log: Logger;
  /** Id of the API key. */
  readonly actor: string;
  readonly now: number;
}

/**
 * Renders an input and calls its action once. It is no delivery: nothing is stored, counted or tried again, and no
 * receipt finds it. Throws `connection.test_address_not_allowed`, `connection.unknown_action`, `input.invalid`, what the
 * templates throw, and what the plugin throws.
 */
export async function testSend(connections: Connections, id: ConnectionId, setup: TestSendSetup): Promise<TestSent> {
  const { asked, log, actor } = setup;
  const idempotencyKey = `test:${uuidv7()}`;
  // Without the address, as every line of this level.
  const line = { ...id, action: asked.action, idempotencyKey, actor };
  try {
    const sent = await send(await connections.open(id), { ...setup, idempotencyKey });
    log.info({ ...line, outcome: "accepted", sandboxed: sent.sandbox !== null }, "test send");
    return sent;
  } catch (error) {
    const outcome = error instanceof WendError ? error.code : "internal.unexpected";
    log.info({ ...line, outcome }, "test send");
    throw error;
  }
}

type KeyedSetup = TestSendSetup & { readonly idempotencyKey: string };

async function send(open: OpenConnection, setup: KeyedSetup): Promise<TestSent> {
  const { asked, idempotencyKey } = setup;
  const action = loadAction(open, asked.action);
  assertAllowed(open, action, asked.address);
  const input = await render(action, setup);
  const sandbox = sandboxFor(open.sandbox, action.manifest);
  const sent = { idempotencyKey, sandbox };
  if (isRecorded(sandbox)) return { ...sent, output: null, providerId: null };
  const { purpose } = action.manifest;
  const item = itemOf(setup, { input, purpose, address: addressIn(sandbox, asked.address) });
  const { output, providerId = null } = await call(open, action, { item, log: setup.log });
  return { ...sent, output, providerId };
}

// Any other action could reach whomever its input names.
function assertAllowed({ testAddresses }: OpenConnection, { name, manifest }: OpenAction, address: string): void {
  if (manifest.address === undefined) throw refused("/action", `${name} writes to no address.`);
  if (!goesByAddress(manifest)) throw refused("/action", `${name} may reach others than the address.`);
  if (!testAddresses.includes(address)) throw refused("/address", `The connection has ${testAddresses.length}.`);
}

const refused = (pointer: string, detail: string) =>
  new WendError("connection.test_address_not_allowed", { pointer, detail });

async function render({ manifest }: OpenAction, { asked, now }: TestSendSetup): Promise<object> {
  const { templates = {} } = manifest;
  const event = { id: "", name: "", properties: {}, occurred_at: new Date(now).toISOString() };
  const rendered = compileInput(asked.input, templates).render({ profile: asked.profile, event, vars: {} });
  return parseInput(manifest.input, await composeInput(rendered, templates), { code: "input.invalid", at: "/input" });
}

// Ids of nobody: a link made from them leads to no customer, and a receipt to no delivery.
const itemOf = (
  { idempotencyKey }: KeyedSetup,
  rendered: Pick<ActionItem<object>, "input" | "address" | "purpose">,
): ActionItem<object> => ({ ...rendered, idempotencyKey, deliveryId: uuidv7(), profileId: uuidv7(), attempt: 1 });

interface TestCall {
  readonly item: ActionItem<object>;
  readonly log: Logger;
}

async function call(
  { id: connectionId, instance, manifest: { id: plugin } }: OpenConnection,
  { name, manifest, timeoutMs }: OpenAction,
  { item, log }: TestCall,
) {
  const handler = instance.actions[name]!;
  const about = log.child({ action: name, idempotencyKey: item.idempotencyKey });
  const returned = await callPlugin({ plugin, connectionId, timeoutMs, log: about }, (signal) =>
    runGuarded(
      () => !signal.aborted,
      async () => handler({ ...item, signal } as never),
    ),
  );
  const { output, providerId } = parseAccepted({ ...manifest, keepsOutput: true }, returned);
  return { output: output === null ? null : (JSON.parse(output) as JsonObject), providerId };
}
