import { createHmac } from "node:crypto";
import { z } from "zod";
import { isSameText } from "../connections/same-text.ts";
import { keyIdOf } from "../workspaces/key-id.ts";

/** What a token says, in the clear. */
const claims = z.strictObject({
  /** The workspace. */
  w: z.number().int(),
  /** The profile. */
  p: z.uuid(),
  /** The one connection that it is for; absent: any of the workspace. */
  c: z.uuid().optional(),
  /** When it ends, in seconds since the epoch. */
  e: z.number().int(),
});

export type Claims = z.infer<typeof claims>;

const mostCharacters = 1_000;

/** `payload.signature`; the signature begins with the key's id, so that it can be checked when there is another key. */
export function writeToken(key: Buffer, said: Claims): string {
  const payload = Buffer.from(JSON.stringify(said)).toString("base64url");
  return `${payload}.${signatureOf(key, payload)}`;
}

/** A token that has the shape of one; nothing is proven of it yet. */
export interface ReadToken {
  readonly claims: Claims;
  isSignedBy(key: Buffer): boolean;
}

export function readToken(token: string): ReadToken | undefined {
  if (token.length > mostCharacters) return undefined;
  const [payload = "", signature = "", ...more] = token.split(".");
  const parsed = claims.safeParse(parseJson(Buffer.from(payload, "base64url").toString()));
  if (more.length > 0 || !parsed.success) return undefined;
  return { claims: parsed.data, isSignedBy: (key) => isSameText(signature, signatureOf(key, payload)) };
}

const signatureOf = (key: Buffer, payload: string): string =>
  keyIdOf(key) + createHmac("sha256", key).update(payload).digest("base64url");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
