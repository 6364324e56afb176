import type { Accepted, ActionCall, PluginHost } from "@wend/plugin";
import { toFetchError, WendError } from "@wend/plugin";
import type { z } from "zod";
import { refuseAborted } from "../refuse-aborted.ts";
import { encryptPush, mostPlainBytes } from "./encrypt.ts";
import type { push } from "./push.ts";
import { findPushError } from "./push-errors.ts";
import { signReport } from "./report-link.ts";
import { parseSubscription } from "./subscription.ts";
import type { VapidSetup } from "./vapid.ts";
import { createVapid } from "./vapid.ts";

type PushCall = ActionCall<z.infer<typeof push.input>>;
type Pushed = Accepted<{ status: number }>;

/** One POST to the endpoint that the customer's browser has given. */
export function createSendPush(host: PluginHost, setup: VapidSetup | undefined) {
  const vapid = setup && createVapid(setup);
  return async (call: PushCall): Promise<Pushed> => {
    const { input, address, signal } = call;
    if (!vapid) throw new WendError("provider.unauthorized", { detail: "The connection has no VAPID keys." });
    const { endpoint, keys } = parseSubscription(address);
    const plain = Buffer.from(JSON.stringify(payloadOf(host, call)));
    if (plain.length > mostPlainBytes) throw tooLong(plain.length);
    refuseAborted(signal);
    const response = await request(host, endpoint, {
      signal,
      body: encrypt(plain, keys),
      headers: {
        authorization: vapid(endpoint, host.now()),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(input.ttlSeconds),
        urgency: input.urgency,
        ...(input.topic !== undefined && { topic: input.topic }),
      },
    });
    const fault = findPushError(response, host.now());
    if (fault) throw fault;
    // Its own name for the message, which receipts of push services would use; no one else needs it.
    const location = response.headers.get("location")?.slice(0, 500);
    return { output: { status: response.status }, ...(location && { providerId: location }) };
  };
}

/** What the service worker is given. A repetition has the same tag, and takes the place of what is shown already. */
function payloadOf(host: PluginHost, { input, deliveryId }: PushCall): object {
  const { title, body, url, icon } = input;
  return { title, body, url, icon, tag: deliveryId, report: signReport(host.links, deliveryId) };
}

// A point that is not on the curve, say: no browser has made it.
function encrypt(plain: Buffer, keys: Parameters<typeof encryptPush>[1]): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(encryptPush(plain, keys));
  } catch (cause) {
    throw new WendError("address.invalid", { detail: "The subscription's key is no point of P-256.", cause });
  }
}

async function request(host: PluginHost, endpoint: string, init: RequestInit): Promise<Response> {
  const response = await host.fetch(endpoint, { ...init, method: "POST", redirect: "manual" }).catch((error) => {
    throw toFetchError(error);
  });
  // Read to its end, or the socket is lost to the next call.
  await response.arrayBuffer().catch(() => undefined);
  return response;
}

function tooLong(bytes: number): WendError {
  const detail = `With its links it has ${bytes} bytes; a push carries ${mostPlainBytes}.`;
  return new WendError("input.invalid", { detail, pointer: "/body" });
}
