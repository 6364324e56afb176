import { WendError } from "@wend/plugin";
import { z } from "zod";

const bytes = (length: number) =>
  z
    .string()
    .regex(/^[\w-]+=*$/)
    .transform((text) => Buffer.from(text, "base64url"))
    .refine((buffer) => buffer.length === length);

const subscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }),
  keys: z.object({ p256dh: bytes(65), auth: bytes(16) }),
});

export type Subscription = z.infer<typeof subscription>;

/** Reads an address: the JSON of a browser's PushSubscription. Throws `address.invalid`. */
export function parseSubscription(address: string | undefined): Subscription {
  const parsed = subscription.safeParse(parseJson(address ?? ""));
  if (parsed.success) return parsed.data;
  throw new WendError("address.invalid", { detail: "It is the JSON of a PushSubscription, with both keys." });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
