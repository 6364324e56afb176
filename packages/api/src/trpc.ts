import { initTRPC, TRPCError } from "@trpc/server";
import type { Tx } from "@wend/core";
import { inWorkspace } from "@wend/core";
import type { ApiContext } from "./context.ts";
import { formatError } from "./errors/error-shape.ts";
import { toWendError } from "./errors/to-wend-error.ts";
import { trpcCodes } from "./errors/trpc-codes.ts";
import type { ApiScope } from "./scope.ts";
import { assertScope } from "./scope.ts";

/** What is written beside each procedure. */
export interface ApiMeta {
  /** The scope its key needs; null: any srv_ key will do. */
  readonly scope: ApiScope | null;
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ApiMeta>()
  .create({ isDev: false, errorFormatter: ({ shape, error, ctx }) => formatError({ shape, error, ctx }) });

export const { router } = t;

// Outermost, so that whatever a procedure throws leaves it as one of our errors, and what nobody expected is logged.
const translated = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const error = toWendError(result.error);
  if (error.status >= 500) {
    const { requestId } = ctx;
    ctx.runtime.log.error({ requestId, path, code: error.code, err: error.cause ?? error }, "api call failed");
  }
  throw new TRPCError({
    code: trpcCodes[error.status as keyof typeof trpcCodes],
    message: error.message,
    cause: error,
  });
});

// Before the input is looked at: a stranger learns nothing from its faults.
const authorised = t.middleware(async ({ ctx, meta, next }) => {
  const credential = await ctx.authenticate();
  assertScope(credential, meta!.scope);
  const inTenant = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(ctx.runtime.store, credential.workspaceId, work);
  // For what an operator does to many at once: which of the shards have work from it, they see for themselves.
  const inTenantThenWake = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTenant(work);
    const { workspaceId, shards } = credential;
    ctx.runtime.queues.wake(
      workspaceId,
      Array.from({ length: shards }, (_, shard) => shard),
    );
    return done;
  };
  return next({ ctx: { ...ctx, credential, inTenant, inTenantThenWake } });
});

const base = t.procedure.use(translated);

/** A procedure for any srv_ key: it tells nothing of a workspace. */
export const anyKey = base.meta({ scope: null }).use(authorised);

/** A procedure for keys with the scope. It works in the key's workspace and can reach no other. */
export const procedure = (scope: ApiScope) => base.meta({ scope }).use(authorised);
