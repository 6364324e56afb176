import type { Facts, Receipt, Signal } from "@wend/plugin";
import type { WebhookRuntime } from "../../src/receipt/receive-webhook.ts";
import { receiveWebhook } from "../../src/receipt/receive-webhook.ts";
import type { Planned, World } from "../deliver/world.ts";

let sent = 0;

/** What a webhook says beside its facts. */
export interface Hook extends Facts {
  readonly nonce?: string;
  readonly signedAt?: number;
  readonly unsigned?: boolean;
  readonly connectionId?: string;
  readonly plugin?: string;
}

/** Sends webhooks as the world's provider, past the route and through everything behind it. */
export function hooksOf(world: World, runtime: WebhookRuntime = world.runtimeOf()) {
  const hooks = new Map<string, Hook>();
  world.provider.receive = async ({ headers }) => {
    const { nonce = "", signedAt, unsigned, ...facts } = hooks.get(headers.get("x-hook")!)!;
    return { ...facts, proof: unsigned ? { by: "none" } : { by: "signature", signedAt, nonce } };
  };
  return ({ connectionId, plugin, ...hook }: Hook) => {
    const name = `hook-${++sent}`;
    hooks.set(name, { nonce: name, ...hook });
    const target = { plugin: plugin ?? "scripted", connectionId: connectionId ?? world.connection.id };
    const request = {
      method: "POST",
      url: "https://wend.test/hooks",
      headers: new Headers({ "x-hook": name }),
      body: new Uint8Array(),
    };
    return receiveWebhook(runtime, target, request);
  };
}

let said = 0;

/** One receipt of a delivery, told as the provider would; another id each time unless it is given. */
export function receipt(about: Receipt["about"] | string, rest: Partial<Receipt> & Pick<Receipt, "kind">): Receipt {
  const subject = typeof about === "string" ? { deliveryId: about } : about;
  return { about: subject, id: `said-${++said}`, at: Date.parse("2026-03-01T00:00:00Z"), ...rest } as Receipt;
}

export const solved = (about: Signal["about"], number = 7): Signal =>
  ({ name: "Ticket Solved", about, id: `ticket-${number}`, at: 1_000, data: { number } }) as unknown as Signal;

/** START, as an e-mail address would write it. */
export const optedIn = (address: string, at: number): Signal =>
  ({ name: "Opted In", about: { kind: "email", address }, id: `start-${++said}`, at, data: {} }) as unknown as Signal;

/** Plans deliveries and has the provider take them. */
export async function accepted(world: World, rows: number | readonly Planned[], providerId?: string) {
  const ids = await world.plan(rows);
  world.provider.handle = async () => ({ output: {}, ...(providerId !== undefined && { providerId }) });
  await world.deliver(ids);
  return ids;
}

/** Receipts and signals among the events of all profiles, in the order in which they came. */
export function eventsOf(world: World) {
  return world.sql(
    `select name, kind, profile_id, payload, message_id from events
     where workspace_id = $1 and kind in ('receipt', 'signal') order by received_at, id`,
  ) as Promise<{ name: string; kind: string; profile_id: string; payload: { properties: object } }[]>;
}

export const inboxOf = (world: World) =>
  world.sql("select kind, name, run_id, detail from inbox where workspace_id = $1 order by received_at, id");
