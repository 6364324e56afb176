import { createHmac, randomBytes } from "node:crypto";
import type { LinkData, PluginLinks } from "../contract/host.ts";

const baseUrl = "https://wend.test";

/** Links signed with a key of this host alone. */
export function createTestLinks(): PluginLinks {
  const key = randomBytes(32);
  const macOf = (purpose: string, payload: string) =>
    createHmac("sha256", key)
      .update(JSON.stringify([purpose, payload]))
      .digest("base64url");
  return {
    webhookUrl: `${baseUrl}/hooks/plugin/connection`,
    baseUrl: `${baseUrl}/c/connection`,
    sign: (purpose, data) => {
      const payload = Buffer.from(JSON.stringify(data)).toString("base64url");
      return `${payload}.${macOf(purpose, payload)}`;
    },
    open: (purpose, token) => {
      const [payload = "", mac = ""] = token.split(".");
      if (mac !== macOf(purpose, payload)) return undefined;
      return JSON.parse(Buffer.from(payload, "base64url").toString()) as LinkData;
    },
  };
}
