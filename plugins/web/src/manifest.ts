import { defineManifest } from "@wend/plugin";
import { z } from "zod";
import { inbox } from "./inbox/inbox.ts";
import { push } from "./push/push.ts";
import { isKeyPair } from "./push/vapid-keys.ts";
import { slot } from "./slot/slot.ts";

const vapidFields = ["vapidSubject", "vapidPublicKey", "vapidPrivateKey"] as const;

/** The web channel as data. */
export const manifest = defineManifest({
  id: "web",
  version: "0.0.0",
  contract: 1,
  config: z
    .object({
      /** Pages that may read the answers: `https://shop.example`; any, unless stated. Who may read what, a token decides. */
      origins: z
        .array(z.string().regex(/^https?:\/\/[^/\s]+$/, "An origin is a scheme and a host."))
        .min(1)
        .optional(),
      /** Whom a push service writes to when something is wrong: `mailto:…` or `https://…`. */
      vapidSubject: z
        .string()
        .regex(/^(?:mailto:\S+@\S+|https:\/\/\S+)$/, "A subject is a mailto: or https: URL.")
        .optional(),
      /** Pages subscribe with it: a P-256 point, uncompressed, in base64url. */
      vapidPublicKey: z.string().max(100).optional(),
      vapidPrivateKey: z.string().max(100).optional(),
    })
    .check(({ value, issues }) => {
      const given = vapidFields.filter((field) => value[field] !== undefined);
      const refuse = (field: string, message: string) =>
        issues.push({ code: "custom", path: [field], message, input: value });
      for (const field of vapidFields) {
        if (given.length > 0 && !given.includes(field)) refuse(field, "Push needs a subject and both keys.");
      }
      if (given.length === vapidFields.length && !isKeyPair(value.vapidPublicKey!, value.vapidPrivateKey!)) {
        refuse("vapidPrivateKey", "The keys are no P-256 key pair in base64url.");
      }
    }),
  secrets: ["vapidPrivateKey"],
  actions: { inbox, slot, push },
  events: ["delivered", "opened", "clicked"],
  signals: {
    "Inbox Dismissed": {
      title: "A customer took a message out of the inbox.",
      data: z.object({ deliveryId: z.string() }),
    },
  },
});
