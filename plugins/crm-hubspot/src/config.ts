import { z } from "zod";

const token = z.string().regex(/^[!-~]+$/, "Printable ASCII, without spaces.");
const propertyName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,99}$/, "A property's internal name: lower case, digits and _.");

/** What an operator configures for one HubSpot account. */
export const config = z.object({
  /** Access token of a private app. */
  token: token.max(500),
  apiUrl: z.url({ protocol: /^https?$/ }).default("https://api.hubapi.com"),
  /** The property that tells contacts apart: `email`, or one of your own with unique values. */
  contactKey: propertyName.default("email"),
  /** The app's client secret: signs what HubSpot reports. */
  webhookSecret: z.string().max(500).optional(),
  previousWebhookSecret: z.string().max(500).optional(),
  /** Events of other accounts that have installed the same app are left out. */
  portalId: z
    .string()
    .regex(/^[0-9]{1,15}$/, "The account's number.")
    .optional(),
  /** A contact property that holds your user id; without it only contacts that were written by this connection are known. */
  userIdProperty: propertyName.optional(),
  /** Whose changes are asked for where no webhook tells them. */
  contactProperties: z.array(propertyName).max(50).default([]),
  dealProperties: z.array(propertyName).max(50).default([]),
  /** From when on changes are asked for; from the first poll on unless stated. */
  pollSince: z.iso.datetime({ offset: true }).optional(),
});

export type Config = z.infer<typeof config>;

/** Values by property name, as a journey writes them. */
export const properties = z.record(propertyName, z.union([z.string().max(65_536), z.number(), z.boolean()]));
