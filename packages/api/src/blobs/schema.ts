import { blobLimits, isBlobName, isContentType } from "@wend/core";
import { z } from "zod";
import { instant } from "../schema/instant.ts";

const id = z.string().describe("SHA-256 of the bytes, in hex");

export const newBlob = z.strictObject({
  name: z
    .string()
    .refine(
      isBlobName,
      `Invalid input: expected a file's name of at most ${blobLimits.nameLength} characters, without a folder`,
    )
    .describe("of the file, without a folder: `terms.pdf`"),
  contentType: z
    .string()
    .refine(isContentType, "Invalid input: expected a content type like `application/pdf`")
    .describe("`application/pdf`, `text/csv; charset=utf-8`"),
  base64: z.string().min(1).describe("the bytes in base64 with its padding"),
});

export const blobRef = z.strictObject({ id: id.regex(/^[0-9a-f]{64}$/, "Invalid input: expected 64 hex digits") });

export const storedBlob = z.object({ id, bytes: z.int().describe("how many there are") });

export const blob = z.object({
  id,
  name: z.string(),
  contentType: z.string(),
  bytes: z.int().describe("how many there are"),
  createdAt: instant,
});
