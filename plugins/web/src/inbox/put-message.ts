import type { Accepted, ActionCall, PluginHost } from "@wend/plugin";
import type { z } from "zod";
import { endOf } from "../lifetime.ts";
import { refuseAborted } from "../refuse-aborted.ts";
import type { inbox } from "./inbox.ts";
import type { stored } from "./message.ts";

export function createPutMessage({ now }: PluginHost) {
  return async ({
    input,
    signal,
  }: ActionCall<z.infer<typeof inbox.input>>): Promise<Accepted<z.infer<typeof stored>>> => {
    refuseAborted(signal);
    const { title, body, url = "", expiresAt, lifetimeSeconds } = input;
    return {
      output: { title, body, url: url === "" ? null : url, expiresAt: endOf(expiresAt, lifetimeSeconds, now()) },
    };
  };
}
