import type { Accepted, ActionCall, PluginHost } from "@wend/plugin";
import type { z } from "zod";
import { endOf } from "../lifetime.ts";
import { refuseAborted } from "../refuse-aborted.ts";
import type { slot } from "./slot.ts";
import type { StoredSlot } from "./stored-slot.ts";

export function createPutSlot({ now }: PluginHost) {
  return async ({ input, signal }: ActionCall<z.infer<typeof slot.input>>): Promise<Accepted<StoredSlot>> => {
    refuseAborted(signal);
    const { key, value = null, variant = null, priority, when = null, until, lifetimeSeconds } = input;
    return { output: { key, value, variant, priority, when, until: endOf(until, lifetimeSeconds, now()) } };
  };
}
