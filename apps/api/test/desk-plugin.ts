import { createHmac, timingSafeEqual } from "node:crypto";
import { definePlugin, parseWebhookJson, refuseWebhook } from "@wend/plugin";
import { z } from "zod";

/** What the desk signs: its own time and the raw bytes behind it. */
export const signDesk = (secret: string, at: number, body: string | Uint8Array): string =>
  createHmac("sha256", secret).update(`${at}.`).update(body).digest("hex");

const ticket = z.object({ id: z.string(), user: z.string(), number: z.int() });

/** A support desk whose webhooks are signed. */
export const deskPlugin = definePlugin(
  {
    id: "desk",
    version: "1.0.0",
    contract: 1,
    config: z.object({ secret: z.string(), previous: z.string().optional() }),
    secrets: ["secret", "previous"],
    actions: {
      open: {
        title: "Opens a ticket.",
        input: z.object({}),
        output: z.object({}),
        channel: "support",
        purpose: "transactional",
        dedupe: { by: "natural" },
      },
    },
    signals: { "Ticket Solved": { title: "A ticket was solved.", data: z.object({ number: z.int() }) } },
  },
  async ({ secret, previous }) => {
    if (secret === "refuse to open") throw new Error(secret);
    return {
      actions: { open: async () => ({ output: {} }) },
      receive: async ({ headers, body }) => {
        const at = Number(headers.get("x-desk-time"));
        const given = Buffer.from(headers.get("x-desk-signature") ?? "", "hex");
        const isSigned = [secret, previous].some((one) => {
          const right = Buffer.from(one === undefined || one === "" ? "" : signDesk(one, at, body), "hex");
          return right.length > 0 && right.length === given.length && timingSafeEqual(right, given);
        });
        if (!isSigned) refuseWebhook("The signature does not match.");
        const { id, user, number } = parseWebhookJson(body, ticket);
        return {
          proof: { by: "signature", signedAt: at, nonce: headers.get("x-desk-signature")! },
          signals: [{ name: "Ticket Solved", about: { userId: user }, id, at, data: { number } }],
          reply: { contentType: "text/plain", body: "thanks" },
        };
      },
    };
  },
);
