import { sign } from "node:crypto";
import { toSigningKey } from "./vapid-keys.ts";

/** How a connection shows a push service who it is. */
export interface VapidSetup {
  readonly subject: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

const HOUR_MS = 3_600_000;
/** A day at most; a push service's clock may be ahead of ours. */
const lifeMs = 12 * HOUR_MS;
const mostKept = 100;

/** The `Authorization` of RFC 8292 for an endpoint: a token for its origin, used until half its life is over. */
export function createVapid({ subject, publicKey, privateKey }: VapidSetup): (endpoint: string, now: number) => string {
  const key = toSigningKey(publicKey, privateKey);
  const kept = new Map<string, { readonly header: string; readonly until: number }>();
  return (endpoint, now) => {
    const aud = new URL(endpoint).origin;
    const known = kept.get(aud);
    if (known && known.until > now) return known.header;
    const claims = { aud, exp: Math.floor((now + lifeMs) / 1_000), sub: subject };
    const said = `${encode({ typ: "JWT", alg: "ES256" })}.${encode(claims)}`;
    const signature = sign("sha256", Buffer.from(said), { key, dsaEncoding: "ieee-p1363" }).toString("base64url");
    const header = `vapid t=${said}.${signature}, k=${publicKey}`;
    kept.delete(aud);
    kept.set(aud, { header, until: now + lifeMs / 2 });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return header;
  };
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
