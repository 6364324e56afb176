import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface PushService extends AsyncDisposable {
  /** What a browser gives as the address of its subscription. */
  readonly address: string;
  /** What came, as the browser reads it with the keys that nobody else has (RFC 8291). */
  readonly messages: string[];
  /** Answers 410 from now on. */
  expire(): void;
}

/** A push service with one subscription. */
export async function startPushService(): Promise<PushService> {
  const own = createECDH("prime256v1");
  const p256dh = own.generateKeys().toString("base64url");
  const auth = randomBytes(16);
  const messages: string[] = [];
  let live = true;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (live) messages.push(decrypt(body, own, auth));
    response.writeHead(live ? 201 : 410).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send/1`;
  return {
    address: JSON.stringify({ endpoint, expirationTime: null, keys: { p256dh, auth: auth.toString("base64url") } }),
    messages,
    expire: () => {
      live = false;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function decrypt(body: Buffer, own: ReturnType<typeof createECDH>, auth: Buffer): string {
  const [salt, sender, record] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
  const derive = (from: Uint8Array, by: { salt: Uint8Array; info: Uint8Array | string }, length: number) =>
    Buffer.from(hkdfSync("sha256", from, by.salt, by.info, length));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), sender]);
  const secret = derive(own.computeSecret(sender), { salt: auth, info }, 32);
  const key = derive(secret, { salt, info: "Content-Encoding: aes128gcm\0" }, 16);
  const nonce = derive(secret, { salt, info: "Content-Encoding: nonce\0" }, 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}
