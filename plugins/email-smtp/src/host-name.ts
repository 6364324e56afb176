import { z } from "zod";

/** A host name or an IP address. */
export const hostName = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/, "A host name or an IP address.");
