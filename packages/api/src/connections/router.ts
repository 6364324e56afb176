import { createConnection, findConnection, listConnections, updateConnection } from "@wend/core";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import { listOf } from "../schema/list.ts";
import { problem } from "../schema/problem.ts";
import { procedure, router } from "../trpc.ts";
import { checkStored } from "./check-stored.ts";
import { connection, connectionChange, connectionRef, newConnection } from "./schema.ts";

export const connectionsRouter = router({
  /**
   * Stores one configured instance of a plugin; its secrets are encrypted and never come out again. Throws
   * `connection.invalid_config` with every problem, `connection.key_taken`, `plugin.unknown`.
   */
  create: procedure("connections:write")
    .input(newConnection)
    .output(connection)
    .mutation(({ ctx, input }) => ctx.inTenant((tx) => createConnection(tx, ctx.runtime, input))),

  /**
   * Changes a connection; workers use it from their next call on. Throws `connection.not_found`,
   * `connection.invalid_config`.
   */
  update: procedure("connections:write")
    .input(connectionChange)
    .output(connection)
    .mutation(({ ctx, input }) => ctx.inTenant((tx) => updateConnection(tx, ctx.runtime, input))),

  /** Tests a connection without sending: an empty list of problems means that it works. Throws `connection.not_found`. */
  check: procedure("connections:write")
    .input(z.strictObject({ connection: connectionRef }))
    .output(z.object({ problems: listOf(problem) }))
    .mutation(async ({ ctx, input }) => {
      const found = await ctx.inTenant((tx) => findConnection(tx, input.connection));
      if (!found) throw new WendError("connection.not_found", { pointer: "/connection" });
      return checkStored(ctx.runtime, { workspaceId: ctx.credential.workspaceId, connectionId: found.id });
    }),

  /** All connections of the workspace, by key, without their secrets. */
  list: procedure("connections:read")
    .output(z.object({ items: listOf(connection) }))
    .query(async ({ ctx }) => ({ items: await ctx.inTenant(listConnections) })),
});
