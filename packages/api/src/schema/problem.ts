import { z } from "zod";

export const problem = z.object({
  code: z.string(),
  pointer: z.string().describe("RFC 6901"),
  message: z.string(),
  fix: z.string().optional(),
});
