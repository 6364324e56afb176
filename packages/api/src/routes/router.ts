import { createRoute, deleteRoute, listRoutes, updateRoute } from "@wend/core";
import { z } from "zod";
import { listOf } from "../schema/list.ts";
import { procedure, router } from "../trpc.ts";
import { newRoute, route, routeChange, routeRef } from "./schema.ts";

export const routesRouter = router({
  /**
   * Puts several connections of one channel behind one key, which journeys name like a connection's. Throws
   * `route.invalid` with every problem, `connection.key_taken`.
   */
  create: procedure("connections:write")
    .input(newRoute)
    .output(route)
    .mutation(({ ctx, input }) => ctx.inTenant((tx) => createRoute(tx, ctx.runtime.plugins, input))),

  /**
   * Changes a route: what is planned from then on goes by it, what is planned already stays where it is. Throws
   * `route.not_found`, `route.invalid` with every problem, also when live journeys ask for what a new member cannot make.
   */
  update: procedure("connections:write")
    .input(routeChange)
    .output(route)
    .mutation(({ ctx, input }) => ctx.inTenant((tx) => updateRoute(tx, ctx.runtime.plugins, input))),

  /** All routes of the workspace, by key. */
  list: procedure("connections:read")
    .output(z.object({ items: listOf(route) }))
    .query(async ({ ctx }) => ({ items: await ctx.inTenant(listRoutes) })),

  /**
   * Takes a route away; its members stay, and so does what was planned on them. Throws `route.not_found`, `route.in_use`
   * while a live journey or a run under way names it.
   */
  delete: procedure("connections:write")
    .input(z.strictObject({ route: routeRef }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => ctx.inTenant((tx) => deleteRoute(tx, input.route))),
});
