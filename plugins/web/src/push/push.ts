import { defineAction } from "@wend/plugin";
import { z } from "zod";
import { link } from "../link.ts";

const DAY_SECONDS = 86_400;

/** Shows a notification in a browser, also when no page is open. */
export const push = defineAction({
  title: "Shows a notification in the customer's browser.",
  input: z.object({
    title: z.string().min(1).max(200),
    body: z.string().max(2_000).default(""),
    /** Where a click on it leads. */
    url: link.optional(),
    icon: link.optional(),
    /** How long the push service keeps trying to reach a browser that is not there; 0: only now. */
    ttlSeconds: z
      .int()
      .min(0)
      .max(28 * DAY_SECONDS)
      .default(DAY_SECONDS),
    urgency: z.enum(["very-low", "low", "normal", "high"]).default("normal"),
    /** A later one of the same topic takes the place of one that has not got through yet. */
    topic: z
      .string()
      .regex(/^[\w-]{1,32}$/, "A topic is letters, digits, _ and -, up to 32.")
      .optional(),
  }),
  output: z.object({ status: z.number() }),
  channel: "push",
  purpose: "promotional",
  address: "push",
  addressOnly: true,
  // A push service takes the same one twice; `topic` replaces only what has not got through.
  dedupe: { by: "none" },
  templates: { title: "text", body: "text", url: "text", icon: "text" },
});
