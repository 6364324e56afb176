import { defineAction } from "@wend/plugin";
import { z } from "zod";
import { instant, lifetimeSeconds } from "../lifetime.ts";
import { storedSlot, value } from "./stored-slot.ts";
import { when } from "./when.ts";

/** Makes a value the one that a page's slot has for the customer, until something of a higher priority does. */
export const slot = defineAction({
  title: "Decides what a slot of a page shows the customer.",
  input: z.object({
    /** The page's name for it: `home.hero`. */
    key: z.string().regex(/^[\w.-]{1,100}$/, "A key is letters, digits, _, . and -, up to 100."),
    /** Absent: the page shows its own default. */
    value: value.optional(),
    /** The value's name, for the page's own statistics. */
    variant: z.string().max(100).optional(),
    /** The highest one counts; of equal ones the latest. */
    priority: z.int().min(-1_000).max(1_000).default(0),
    /** Counts only while the page's OFREP context has these: `{ "page": "cart", "country": ["AT", "DE"] }`. */
    when: when.optional(),
    until: instant.optional(),
    lifetimeSeconds: lifetimeSeconds.optional(),
  }),
  output: storedSlot,
  channel: "web",
  purpose: "transactional",
  // Nothing is sent: the same value again is the same decision.
  dedupe: { by: "natural" },
  templates: { value: "json", variant: "text", until: "text" },
  keepsOutput: true,
});
