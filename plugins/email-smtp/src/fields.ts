import { matchEmailAddress } from "@wend/plugin";
import { z } from "zod";

/** Exactly one address, without display name. */
export const address = z
  .string()
  .refine((text) => matchEmailAddress(text).ok, "Exactly one e-mail address, without display name.");

/** A display name of a sender. */
export const displayName = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, "A display name is one line.");

/** A host name or an IP address. */
export const hostName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/, "A host name or an IP address.");
