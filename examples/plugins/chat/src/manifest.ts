import { defineAction, defineManifest } from "@wend/plugin";
import { z } from "zod";

const post = defineAction({
  title: "Posts a text to a channel.",
  input: z.object({
    /** Id of a channel, or of somebody to write to directly: `C024BE91L`, `U024BE7LH`. */
    channel: z.string().regex(/^[CDGUW][A-Z0-9]{2,30}$/, "A channel is named by its id, not by its name."),
    text: z.string().min(1).max(4_000),
  }),
  output: z.object({ channel: z.string(), ts: z.string() }),
  channel: "chat",
  purpose: "transactional",
  // The API takes no idempotency key, and what it keeps can be asked for by channel and time only.
  dedupe: { by: "none" },
  templates: { channel: "text", text: "text" },
  // What the provider allows per channel.
  rateLimit: { perSecond: 1 },
});

/** The chat plugin as data. */
export const manifest = defineManifest({
  id: "chat",
  version: "1.0.0",
  contract: 1,
  config: z.object({
    url: z.url({ protocol: /^https?$/ }).default("https://slack.com/api"),
    /** `xoxb-…`, with the scopes `chat:write`, `channels:history` and `reactions:read`. */
    token: z.string().min(1),
    /** By which the provider signs what it tells. Without it nothing is taken. */
    signingSecret: z.string().min(1).optional(),
    /** The one before, while it is rotated. */
    previousSigningSecret: z.string().min(1).optional(),
  }),
  secrets: ["token", "signingSecret", "previousSigningSecret"],
  actions: { post },
  events: ["replied"],
  signals: {
    "Reaction Added": { title: "Somebody reacted to a post.", data: z.object({ reaction: z.string() }) },
  },
});
