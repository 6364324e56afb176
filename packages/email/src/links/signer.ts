import type { LinkData, PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";

/** Signs what links carry, for one purpose; undefined where it cannot be. */
export type Sign = (purpose: string, data: LinkData) => string | undefined;

/**
 * Signs by the host's links. Without the operator's key mail goes out without links of ours, as the log says once; what
 * does not fit a token is left unsigned.
 */
export function createSigner({ links, log }: PluginHost): Sign {
  let told = false;
  return (purpose, data) => {
    try {
      return links.sign(purpose, data);
    } catch (error) {
      if (!(error instanceof WendError)) throw error;
      if (error.code === "connection.secret_key_missing" && !told)
        log.warn({ code: error.code }, "no links are signed");
      told ||= error.code === "connection.secret_key_missing";
      return undefined;
    }
  };
}
