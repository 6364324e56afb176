import { createHash } from "node:crypto";

/**
 * A short name of a key for what is signed with it: with several of them, one knows which to check it by. 4 characters
 * tell the few keys of a workspace apart, and nothing of any of them.
 */
export const keyIdOf = (key: Uint8Array): string => createHash("sha256").update(key).digest("base64url").slice(0, 4);
