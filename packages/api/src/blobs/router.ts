import { deleteBlob, loadBlob, putBlob } from "@wend/core";
import { procedure, router } from "../trpc.ts";
import { readFile } from "./read-file.ts";
import { blob, blobRef, newBlob, storedBlob } from "./schema.ts";

export const blobsRouter = router({
  /**
   * Stores a file, to be attached to deliveries by its id. The same bytes are stored once and have one id; their name
   * and content type are those they came with last. Its body may be larger than any other's, as `limits.get` tells,
   * when it is the only call of its request. Throws `blob.too_large`.
   */
  put: procedure("blobs:write")
    .input(newBlob)
    .output(storedBlob)
    .mutation(({ ctx, input: { base64, ...named } }) => {
      const bytes = readFile(base64);
      return ctx.inTenant((tx) => putBlob(tx, { ...named, bytes }));
    }),

  /** What is known of a stored file, without its bytes. Throws `blob.not_found`. */
  get: procedure("blobs:read")
    .input(blobRef)
    .output(blob)
    .query(({ ctx, input }) => ctx.inTenant((tx) => loadBlob(tx, input.id))),

  /**
   * Removes a stored file. A delivery that still refers to it fails, so remove it once no journey names it. Throws
   * `blob.not_found`.
   */
  delete: procedure("blobs:write")
    .input(blobRef)
    .output(blobRef)
    .mutation(async ({ ctx, input }) => {
      await ctx.inTenant((tx) => deleteBlob(tx, input.id));
      return input;
    }),
});
