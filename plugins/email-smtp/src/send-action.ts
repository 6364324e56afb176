import { mailAction } from "@wend/email/manifest";
import { defineAction } from "@wend/plugin";
import { z } from "zod";

/** Sends one mail to one address. */
export const send = defineAction({
  ...mailAction,
  output: z.object({
    messageId: z.string(),
    /** The server's last reply. */
    response: z.string(),
  }),
  // SMTP can neither be told that a mail is the same one, nor be asked what became of it.
  dedupe: { by: "none" },
});
