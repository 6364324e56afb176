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

/** A domain of at least two labels. */
export const domainName = z
  .string()
  .max(253)
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+$/, "A domain name.");
