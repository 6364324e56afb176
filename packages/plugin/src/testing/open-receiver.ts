import assert from "node:assert/strict";
import type { Received } from "../contract/incoming.ts";
import { WendError } from "../errors.ts";
import type { OpenConnection } from "./open-connection.ts";
import { openConnection } from "./open-connection.ts";
import type { ParsedFacts } from "./parse-facts.ts";
import { parseFacts } from "./parse-facts.ts";
import type { PluginTestSetup } from "./test-plugin.ts";
import type { RawWebhook, WebhookEvent, WebhookSample, WebhookSigning, WebhookTests } from "./webhook-tests.ts";

/** What a webhook was read as: the proof, and the facts as the host takes them. */
export interface Read extends ParsedFacts {
  readonly proof: Received["proof"];
}

/** A request of the provider, as bytes. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** A connection that trusts a secret, and the provider that signs with it. */
export interface Receiver extends AsyncDisposable {
  readonly open: OpenConnection;
  readonly secret: string;
  /** The time of the host, in whole seconds. */
  readonly now: number;
  /** The request that the provider makes of an event, signed now with the connection's secret unless told otherwise. */
  request(sample: WebhookSample, told?: { event?: WebhookEvent; secret?: string; at?: number }): Sent;
  /** The request that the provider would make of any body. */
  signed(body: string): Sent;
  /** Hands a request to the plugin; fails when the host would not take what it says. */
  read(sent: Sent, signal?: AbortSignal): Promise<Read>;
  /** Fails unless the plugin refuses the request. */
  refuses(sent: Sent, what: string): Promise<void>;
}

export interface ReceiverSetup extends PluginTestSetup {
  readonly webhooks: WebhookTests;
}

/** Opens a connection that trusts the secrets, a fresh one unless given. */
export async function openReceiver(setup: ReceiverSetup, secrets?: [string, string?]): Promise<Receiver> {
  const { webhooks } = setup;
  const [secret, previous] = secrets ?? [webhooks.makeSecret()];
  const open = await openConnection(setup, { config: webhooks.config(secret, previous) });
  const { connection, host } = open;
  const { webhookUrl } = host.links;
  const now = Math.floor(host.now() / 1_000) * 1_000;
  const read = async (sent: Sent, signal = new AbortController().signal): Promise<Read> => {
    assert.ok(connection.receive !== undefined, "the setup has webhooks, and the connection has no receive()");
    const received = await connection.receive({ ...sent, headers: new Headers(sent.headers), signal });
    return { proof: received.proof, ...parseFacts(setup.plugin.manifest, received) };
  };
  const sign = (body: string, told?: Partial<WebhookSigning>): Sent =>
    toSent(webhooks.sign(body, { secret, at: now, url: webhookUrl, ...told }), webhookUrl);
  return {
    open,
    secret,
    now,
    request: (sample, { event = { number: 1, at: now }, ...told } = {}) => sign(sample.body(event), told),
    signed: (body) => sign(body),
    read,
    refuses: (sent, what) => expectRefused(read(sent), what),
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

function toSent({ method = "POST", url, headers, body }: RawWebhook, webhookUrl: string): Sent {
  return { method, url: url ?? webhookUrl, headers, body: new Uint8Array(Buffer.from(body)) };
}

async function expectRefused(read: Promise<unknown>, what: string): Promise<void> {
  const error = await read.then(
    () => assert.fail(`not refused: ${what}`),
    (reason: unknown) => reason,
  );
  const code = error instanceof WendError ? error.code : String(error);
  assert.equal(code, "webhook.refused", `refused with ${code}: ${what}`);
}
