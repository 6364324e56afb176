import type { ConnectionId, Tx } from "@wend/core";
import {
  checkConnection,
  createConnection,
  findConnection,
  listConnections,
  previewDelivery,
  testSend,
  updateConnection,
} from "@wend/core";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import { listOf } from "../schema/list.ts";
import { problem } from "../schema/problem.ts";
import { assertScope } from "../scope.ts";
import { procedure, router } from "../trpc.ts";
import { withStored } from "./open-stored.ts";
import { profileForTest } from "./profile-for-test.ts";
import { connection, connectionChange, connectionRef, newConnection, preview, previewRequest } from "./schema.ts";
import { testSendRequest, testSent } from "./test-send-schema.ts";
import { viewOf } from "./view.ts";

export const connectionsRouter = router({
  /**
   * Stores one configured instance of a plugin; its secrets are encrypted and never come out again. Throws
   * `connection.invalid_config` with every problem, `connection.key_taken`, `plugin.unknown`.
   */
  create: procedure("connections:write")
    .input(newConnection)
    .output(connection)
    .mutation(async ({ ctx, input }) =>
      viewOf(ctx.runtime)(await ctx.inTenant((tx) => createConnection(tx, ctx.runtime, input))),
    ),

  /**
   * Changes a connection; workers use it from their next call on. Throws `connection.not_found`,
   * `connection.invalid_config`.
   */
  update: procedure("connections:write")
    .input(connectionChange)
    .output(connection)
    .mutation(async ({ ctx, input }) =>
      viewOf(ctx.runtime)(await ctx.inTenant((tx) => updateConnection(tx, ctx.runtime, input))),
    ),

  /** Tests a connection without sending: an empty list of problems means that it works. Throws `connection.not_found`. */
  check: procedure("connections:write")
    .input(z.strictObject({ connection: connectionRef }))
    .output(z.object({ problems: listOf(problem) }))
    .mutation(async ({ ctx, input }) => {
      const id = await ctx.inTenant((tx) => loadId(tx, input.connection));
      return withStored(ctx.runtime, (connections) => checkConnection(connections, id, ctx.runtime.log));
    }),

  /**
   * What a delivery would be at the provider, without sending it: parts, size, cost. Nothing is rendered: the input is
   * taken as it is given. It is asked by POST, so that the address stands in no URL and in no access log. Throws
   * `connection.not_found`, `connection.unknown_action`, `input.invalid` with every fault of the input,
   * `connection.no_preview`, `plugin.timeout` after 10 s.
   */
  preview: procedure("connections:read")
    .input(previewRequest)
    .output(preview)
    .mutation(async ({ ctx, input: { connection, action, input, address } }) => {
      const id = await ctx.inTenant((tx) => loadId(tx, connection));
      const { log } = ctx.runtime;
      const asked = { action, input, address };
      return withStored(ctx.runtime, (connections) => previewDelivery(connections, id, { asked, log }));
    }),

  /**
   * Renders an input for a profile, or for a sample of its traits, and calls the action once, with a key of its own. It
   * goes only to one of the connection's `testAddresses`; a connection without any makes no test sends. Naming a profile
   * needs the scope `profiles:read` as well. It is no
   * delivery: no consent is asked, nothing is counted or tried again, and no receipt finds it. A sandbox holds for it too.
   * Throws `connection.test_address_not_allowed`, `connection.not_found`, `connection.unknown_action`,
   * `profile.not_found`, `input.invalid` with every fault of the input, `plugin.timeout` after the action's own time, and
   * whatever the provider answers.
   */
  testSend: procedure("connections:write")
    .input(testSendRequest)
    .output(testSent)
    .mutation(async ({ ctx, input: { connection, action, input, profile, address } }) => {
      // What is rendered goes out of the house: a stored profile is read for it.
      if (profile && profile.traits === undefined) assertScope(ctx.credential, "profiles:read");
      const found = await ctx.inTenant(async (tx) => ({
        id: await loadId(tx, connection),
        profile: await profileForTest(tx, profile),
        now: tx.now,
      }));
      const { log } = ctx.runtime;
      const asked = { action, input, address, profile: found.profile };
      const setup = { asked, log, actor: ctx.credential.keyId, now: found.now };
      return withStored(ctx.runtime, (connections) => testSend(connections, found.id, setup));
    }),

  /** All connections of the workspace, by key, without their secrets. */
  list: procedure("connections:read")
    .output(z.object({ items: listOf(connection) }))
    .query(async ({ ctx }) => ({ items: (await ctx.inTenant(listConnections)).map(viewOf(ctx.runtime)) })),
});

async function loadId(tx: Tx, ref: string): Promise<ConnectionId> {
  const found = await findConnection(tx, ref);
  if (!found) throw new WendError("connection.not_found", { pointer: "/connection" });
  return { workspaceId: tx.workspaceId, connectionId: found.id };
}
