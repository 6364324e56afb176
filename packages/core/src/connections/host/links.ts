import { createHmac } from "node:crypto";
import type { LinkData, PluginLinks } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { keyIdOf } from "../../workspaces/key-id.ts";
import { baseUrlOf, webhookUrlOf } from "../paths.ts";
import { isSameText } from "../same-text.ts";

export interface LinkSetup {
  readonly connectionId: string;
  readonly plugin: string;
  /** Undefined: the operator has given no key, and nothing can be signed. */
  readonly linkKey: Buffer | undefined;
  /** Where the world reaches the API. */
  publicUrl(): string;
}

const mostCharacters = 2_000;
/** Half of SHA-256: beyond guessing, and short enough for a link in an SMS. */
const macBytes = 16;

/**
 * The links of one connection: another connection's, or another purpose's, do not open here. What is signed is
 * `payload.signature`, and the signature begins with the key's id, so that it can be checked when there is another key.
 */
export function createLinks({ connectionId, plugin, linkKey, publicUrl }: LinkSetup): PluginLinks {
  const signatureOf = (purpose: string, payload: string): string => {
    if (!linkKey) throw new WendError("connection.secret_key_missing");
    const mac = createHmac("sha256", linkKey)
      .update(JSON.stringify([connectionId, purpose, payload]))
      .digest();
    return keyIdOf(linkKey) + mac.subarray(0, macBytes).toString("base64url");
  };
  return {
    get webhookUrl() {
      return webhookUrlOf(publicUrl(), { id: connectionId, plugin });
    },
    get baseUrl() {
      return baseUrlOf(publicUrl(), { id: connectionId });
    },
    sign: (purpose, data) => {
      const text = JSON.stringify(data);
      if (text.length > mostCharacters) {
        throw new WendError("plugin.bad_output", { detail: `A link carries at most ${mostCharacters} characters.` });
      }
      const payload = Buffer.from(text).toString("base64url");
      return `${payload}.${signatureOf(purpose, payload)}`;
    },
    open: (purpose, token) => {
      const [payload = "", signature = "", ...more] = token.split(".");
      const isOurs = more.length === 0 && isSameText(signature, signatureOf(purpose, payload));
      // What was signed is what was written, so that it can be read.
      return isOurs ? (JSON.parse(Buffer.from(payload, "base64url").toString()) as LinkData) : undefined;
    },
  };
}
