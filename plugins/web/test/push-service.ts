import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A message as it reached the service. */
export interface Pushed {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly to: string;
  /** Whether its VAPID token was signed by the key that it names, for this service. */
  readonly signed: boolean;
}

/** One browser's subscription, with what only the browser knows. */
export interface Browser {
  readonly address: string;
  readonly endpoint: string;
  decrypt(body: Buffer): unknown;
}

export interface PushService extends AsyncDisposable {
  readonly url: string;
  readonly pushed: readonly Pushed[];
  subscribe(): Browser;
  /** How every later push is answered; undefined: not at all, `drop`: the connection is closed. */
  answer(how: number | "drop" | undefined, headers?: Record<string, string>): void;
  /** Ends a subscription: 410 from now on. */
  expire(browser: Browser): void;
  stop(): Promise<void>;
}

/** A push service, by RFC 8030 and RFC 8292: it knows its subscriptions, and checks who pushes. */
export async function startPushService(): Promise<PushService> {
  const pushed: Pushed[] = [];
  const live = new Set<string>();
  let how: number | "drop" | undefined = 201;
  let extra: Record<string, string> = {};
  const server = createServer(async (request, response) => {
    const { url: to = "", headers } = request;
    const body = await buffer(request);
    pushed.push({ to, headers, body, signed: isSigned(String(headers.authorization), base()) });
    if (how === "drop") response.destroy();
    else if (how !== undefined && how !== 201) response.writeHead(how, extra).end("no");
    else if (how === 201) response.writeHead(live.has(to) ? 201 : 410, { location: `/m/${pushed.length}` }).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = base();
  const stop = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url,
    pushed,
    subscribe: () => {
      const path = `/send/${randomBytes(12).toString("base64url")}`;
      live.add(path);
      return createBrowser(url + path);
    },
    answer: (next, headers = {}) => {
      how = next;
      extra = headers;
    },
    expire: ({ endpoint }) => void live.delete(new URL(endpoint).pathname),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function createBrowser(endpoint: string): Browser {
  const own = createECDH("prime256v1");
  const point = own.generateKeys();
  const auth = randomBytes(16);
  const keys = { p256dh: point.toString("base64url"), auth: auth.toString("base64url") };
  return {
    endpoint,
    address: JSON.stringify({ endpoint, expirationTime: null, keys }),
    decrypt: (body) => JSON.parse(decrypt(body, { own, auth }).toString()),
  };
}

/** As a browser reads it, by RFC 8291 and RFC 8188, from the other side. */
export function decrypt(body: Buffer, { own, auth }: { own: ReturnType<typeof createECDH>; auth: Buffer }): Buffer {
  const salt = body.subarray(0, 16);
  const idLength = body[20]!;
  const sender = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  const derive = (key: Uint8Array, by: { salt: Uint8Array; info: Uint8Array; length: number }) =>
    Buffer.from(hkdfSync("sha256", key, by.salt, by.info, by.length));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), sender]);
  const secret = derive(own.computeSecret(sender), { salt: auth, info, length: 32 });
  const key = derive(secret, { salt, info: Buffer.from("Content-Encoding: aes128gcm\0"), length: 16 });
  const nonce = derive(secret, { salt, info: Buffer.from("Content-Encoding: nonce\0"), length: 12 });
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  return padded.subarray(0, end);
}

/** RFC 8292: an ES256 token for the origin of the endpoint, by the key that the header names. */
export function isSigned(authorization: string, origin: string): boolean {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [header = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65) return false;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x: x!, y: y! }, format: "jwk" });
  const said = Buffer.from(`${header}.${claims}`);
  const { aud } = JSON.parse(Buffer.from(claims, "base64url").toString());
  const isBy = verify(
    "sha256",
    said,
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  return isBy && aud === origin;
}
