import { z } from "zod";

const secret = z.string().min(1).max(5_000);
// Zendesk's documentation prints it: a webhook that is only tried out in the console is signed with it.
const TEST_SECRET = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";
const signingSecret = secret.refine((text) => text !== TEST_SECRET, "Everybody knows the secret of Zendesk's tests.");
const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** What an operator configures for one connection. */
export const config = z
  .object({
    /** `https://example.zendesk.com`. */
    url: z.url({ protocol: /^https?$/ }).refine(isAccountUrl, "https, and nothing after the host."),
    /** The agent that `apiToken` belongs to. */
    email: z.email().max(254).optional(),
    apiToken: secret.optional(),
    /** Instead of `email` and `apiToken`. */
    oauthToken: secret.optional(),
    /** Signing secret of the webhook that is subscribed to ticket events. */
    webhookSecret: signingSecret.optional(),
    previousWebhookSecret: signingSecret.optional(),
    /** Signing secret of the webhook that a trigger calls: at Zendesk it is another webhook. */
    triggerSecret: signingSecret.optional(),
    previousTriggerSecret: signingSecret.optional(),
    /** False when something else than your user ids stands in the external ids of Zendesk's users. */
    externalIdsAreUserIds: z.boolean().default(true),
  })
  .refine(({ apiToken, oauthToken }) => (apiToken === undefined) !== (oauthToken === undefined), {
    message: "Give apiToken or oauthToken.",
    path: ["apiToken"],
  })
  .refine(({ email, apiToken }) => (email === undefined) === (apiToken === undefined), {
    message: "Give email together with apiToken.",
    path: ["email"],
  });

/** The parsed config of a connection. */
export type Config = z.infer<typeof config>;

function isAccountUrl(text: string): boolean {
  const url = URL.parse(text);
  // What is no URL at all has been said already.
  if (url === null) return true;
  const isBare = url.href === `${url.origin}/`;
  return isBare && (url.protocol === "https:" || loopback.has(url.hostname));
}
