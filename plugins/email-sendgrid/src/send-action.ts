import { mailAction } from "@wend/email/manifest";
import { defineAction } from "@wend/plugin";
import { z } from "zod";

/** Sends one mail to one address. */
export const send = defineAction({
  ...mailAction,
  output: z.object({
    /** SendGrid's own id, the first part of `sg_message_id`; null where it named none. */
    messageId: z.string().nullable(),
  }),
  // SendGrid takes no key. Its search is sold apart from sending, and lags behind it by an unknown time.
  dedupe: { by: "none" },
});

/** What `send` returns. */
export type SendOutput = z.infer<typeof send.output>;
