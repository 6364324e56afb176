import { anyKey, router } from "../trpc.ts";
import { readLimits } from "./read-limits.ts";
import { limits } from "./schema.ts";

export const limitsRouter = router({
  /**
   * What a caller may ask for at most, as this server enforces it. Every value is the last that is taken. What is not
   * here has no limit: a delay of three years is legal. A connection's own rate stands in `connections.list`.
   */
  get: anyKey.output(limits).query(({ ctx }) => readLimits(ctx.runtime.accept)),
});
