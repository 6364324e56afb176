import type { PluginHost } from "@wend/plugin";
import type { Sender } from "../manifest/sender.ts";
import type { Sign } from "./signer.ts";

/** The URLs of one delivery; each is signed when it is asked for. */
export interface DeliveryLinks {
  /** Where it leads that begins like this is ours. */
  readonly base: string;
  unsubscribe(): string | undefined;
  /** Undefined where openings are not tracked. */
  readonly pixel: (() => string | undefined) | undefined;
  /** What a link becomes, undefined where it stays as it is; itself undefined where clicks are not tracked. */
  readonly click: ((url: string) => string | undefined) | undefined;
  /** Written into each link that nobody may track; undefined where there is nobody but us. */
  readonly untracked?: string | undefined;
}

interface Linker {
  readonly sender: Sender;
  readonly host: PluginHost;
  readonly sign: Sign;
  readonly untracked?: string;
}

/** The URLs of one delivery; its time of sending, which they hold, tells scanners from people. */
export function createDeliveryLinks({ sender, host, sign, untracked }: Linker, deliveryId: string): DeliveryLinks {
  const base = host.links.baseUrl;
  const t = Math.floor(host.now() / 1_000);
  const url = (path: string, token: string | undefined) =>
    token === undefined ? undefined : `${base}/${path}/${token}`;
  return {
    base,
    unsubscribe: () => url("u", sign("unsubscribe", { d: deliveryId })),
    pixel: sender.trackOpens ? () => url("o", sign("open", { d: deliveryId, t })) : undefined,
    click: sender.trackClicks ? (u) => url("c", sign("click", { d: deliveryId, t, u })) : undefined,
    untracked,
  };
}
