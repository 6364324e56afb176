import { createHash } from "node:crypto";
import type { Received, WebhookRequest } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { callPlugin } from "../connections/call-plugin.ts";
import type { ConnectionId } from "../connections/connections.ts";
import { findRoute } from "../connections/find-route.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import { openRouted } from "../connections/open-routed.ts";
import { uuidv7 } from "../ids.ts";
import type { Runtime } from "../runtime.ts";
import type { Tx } from "../store/transaction.ts";
import type { Nonce } from "./read/check-proof.ts";
import { checkProof } from "./read/check-proof.ts";
import { parseReceived } from "./read/parse-received.ts";

/** What taking webhooks needs of a process. */
export type WebhookRuntime = Pick<Runtime, "store" | "connections" | "storeFacts" | "log">;

/** Where a webhook came in. */
export interface WebhookTarget {
  readonly plugin: string;
  readonly connectionId: string;
}

export type WebhookReply = NonNullable<Received["reply"]>;

const receiveTimeoutMs = 10_000;

/**
 * Takes a provider's webhook: verified by the plugin over its raw bytes, within five minutes, once; stored before it
 * is answered. Throws `webhook.refused` for whatever is wrong with it, an unknown connection included: who has no
 * secret learns nothing. `webhook.unreadable`, or whatever else the plugin throws, of one that is genuine. Before that
 * `connection.unavailable`, of whatever comes while the connection does not open: nobody can tell then what is genuine,
 * and a provider that is refused may never send its facts again. It shows that the id exists, which is no secret.
 */
export async function receiveWebhook(
  runtime: WebhookRuntime,
  target: WebhookTarget,
  request: Omit<WebhookRequest, "signal">,
): Promise<WebhookReply> {
  const { id, open } = await openTarget(runtime, target);
  const received = await callReceive(runtime, open, request);
  const now = runtime.store.clock.fixed() ?? Date.now();
  const nonce = checkProof(received.proof, { now, acceptsUnsigned: open.acceptsUnsigned });
  // Made before the transaction, which may run more than once.
  const requestId = uuidv7();
  const once =
    nonce === undefined ? undefined : (tx: Tx) => claimNonce(tx, { connectionId: open.id, nonce, requestId });
  await runtime.storeFacts(id, received, once);
  return received.reply ?? {};
}

async function openTarget(
  runtime: WebhookRuntime,
  { plugin, connectionId }: WebhookTarget,
): Promise<{ id: ConnectionId; open: OpenConnection }> {
  // A secret that was changed a moment ago counts.
  const route = await findRoute(runtime.store, connectionId, { fresh: true });
  if (route?.plugin !== plugin) throw refused("No connection of this plugin has that id.");
  const id = { workspaceId: route.workspaceId, connectionId: route.connectionId };
  return { id, open: await openRouted(runtime, route) };
}

async function callReceive(
  { log }: WebhookRuntime,
  { instance, id: connectionId, manifest: { id: plugin } }: OpenConnection,
  request: Omit<WebhookRequest, "signal">,
): Promise<Received> {
  if (instance.receive === undefined) throw refused("The plugin takes no webhooks.");
  const call = { plugin, connectionId, timeoutMs: receiveTimeoutMs, log };
  return parseReceived(await callPlugin(call, async (signal) => instance.receive!({ ...request, signal })));
}

interface NonceClaim {
  readonly connectionId: string;
  readonly nonce: Nonce;
  readonly requestId: string;
}

async function claimNonce(tx: Tx, { connectionId, nonce, requestId }: NonceClaim): Promise<void> {
  const digest = createHash("sha256").update(nonce.text).digest();
  const table = nonce.timed ? "webhook_nonces" : "untimed_webhook_nonces";
  const claimed = await tx.run(
    `insert into ${table} as n (workspace_id, connection_id, nonce, request, at)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000e0))
     on conflict (workspace_id, connection_id, nonce) do update set at = n.at where n.request = excluded.request`,
    [tx.workspaceId, connectionId, digest, requestId, tx.now],
  );
  if (claimed === 0) throw refused("The same request was taken before.");
}

const refused = (detail: string) => new WendError("webhook.refused", { detail });
