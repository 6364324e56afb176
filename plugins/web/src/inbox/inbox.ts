import { defineAction } from "@wend/plugin";
import { z } from "zod";
import { instant, lifetimeSeconds } from "../lifetime.ts";
import { link } from "../link.ts";
import { stored } from "./message.ts";

/** Puts a message into the customer's inbox; the delivery itself is the message. */
export const inbox = defineAction({
  title: "Puts a message into the customer's in-app inbox.",
  input: z.object({
    title: z.string().min(1).max(200),
    body: z.string().max(10_000).default(""),
    /** Where it leads. */
    url: link.optional(),
    /** From then on it is not shown; `lifetimeSeconds` counts from when it came. */
    expiresAt: instant.optional(),
    lifetimeSeconds: lifetimeSeconds.optional(),
  }),
  output: stored,
  channel: "web",
  purpose: "transactional",
  // Nothing is sent: what is kept with the delivery is the message, however often it is kept.
  dedupe: { by: "natural" },
  templates: { title: "text", body: "text", url: "text", expiresAt: "text" },
  keepsOutput: true,
});
