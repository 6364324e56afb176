import { z } from "zod";
import { address, displayName, domainName } from "./fields.ts";

/** What the config of every connection of e-mail says of its sender. */
export const senderFields = {
  /** Sender of every mail that names no other. */
  from: address,
  fromName: displayName.optional(),
  replyTo: address.optional(),
  /** `List-Id` of promotional mail. */
  listId: domainName.optional(),
  trackOpens: z.boolean().default(false),
  trackClicks: z.boolean().default(false),
};

const sender = z.object(senderFields);

/** The sender of a connection. */
export type Sender = z.infer<typeof sender>;
