import { addressedChannels, isAddress } from "@wend/core";
import { z } from "zod";
import { callLimits } from "../limits/call-limits.ts";
import { instant } from "../schema/instant.ts";

const channel = z.enum(addressedChannels).describe("the channel that must not be used");

export const channelAddress = z
  .strictObject({
    channel,
    address: z
      .string()
      .min(1)
      .max(2_000)
      .describe(
        "in any spelling: case, white space and punctuation do not matter; for push the JSON of a subscription",
      ),
  })
  .refine(isAddress, {
    path: ["address"],
    message:
      "Invalid input: expected one address of the channel; a phone number begins with + and its country, a push has its keys",
    // Also when another field is at fault.
    when: ({ value }) => isAddressShaped(value),
  });

const isAddressShaped = (value: unknown): boolean =>
  typeof (value as { address?: unknown } | null)?.address === "string" &&
  addressedChannels.includes((value as { channel?: unknown }).channel as string);

const items = z.array(channelAddress).min(1).max(callLimits.itemsPerCall);

export const newSuppressions = z.strictObject({
  items,
  reason: z.string().min(1).max(100).describe("`hard_bounce`, `complaint`, `unsubscribed`, `manual`, …"),
});

export const pastSuppressions = z.strictObject({ items });

export const suppression = z.object({
  suppressed: z.boolean(),
  reason: z.string().nullable().describe("null: it is not on the list"),
  createdAt: instant.nullable().describe("since when it is on the list"),
});
