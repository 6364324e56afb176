import { shareActions } from "@wend/journey";
import type { Problem } from "@wend/plugin";
import { z } from "zod";
import type { PluginRegistry } from "../connections/plugin-registry.ts";
import type { Tx } from "../store/transaction.ts";
import { checkMembers, toStored } from "./check-members.ts";
import type { FoundMember } from "./find-members.ts";
import { findMembers } from "./find-members.ts";
import { lockRoute } from "./load-route.ts";
import { findNamedActions } from "./named-actions.ts";
import type { Route } from "./route.ts";
import { routeParts } from "./route-input.ts";
import { createProblem, refuseRoute, toRouteProblems } from "./route-problem.ts";

const routeChange = z.strictObject({
  route: z.string().min(1).max(200),
  mode: routeParts.mode.optional(),
  members: routeParts.members.optional(),
});

/** `route` is an id or a key; `members` replaces them all. The key stays: journeys name it. */
export type RouteChange = z.input<typeof routeChange>;

/**
 * Changes a route; what is planned from then on goes by it. Throws `route.not_found`, `route.invalid` with all problems:
 * actions that live journeys ask for and that a new member could not make are among them.
 */
export async function updateRoute(tx: Tx, plugins: PluginRegistry, input: RouteChange): Promise<Route> {
  const parsed = routeChange.safeParse(input);
  refuseRoute(toRouteProblems(parsed.error));
  const change = parsed.data!;
  const route = await lockRoute(tx, change.route);
  const now = route.members.map(({ connectionId, weight }) => ({ connection: connectionId, weight }));
  const written = { mode: change.mode ?? route.mode, members: change.members ?? now };
  const { found, problems } = await checkMembers(tx, plugins, written);
  const [known] = await findMembers(tx, plugins, now.slice(0, 1));
  refuseRoute([...problems, ...(await findLost(tx, route, known ? [known, ...found] : found))]);
  await tx.run(
    `update routes set mode = $3, members = $4, updated_at = to_timestamp($5 / 1000e0)
     where workspace_id = $1 and id = $2`,
    [tx.workspaceId, route.id, written.mode, JSON.stringify(toStored(found)), tx.now],
  );
  return lockRoute(tx, route.id);
}

// What was published was checked against the member that was the first until now.
async function findLost(tx: Tx, route: Route, [first, ...rest]: readonly FoundMember[]): Promise<Problem[]> {
  if (!first) return [];
  const { actions, lacking } = shareActions([first, ...rest]);
  const lost = (await findNamedActions(tx, route.key)).filter(({ action }) => actions[action] === undefined);
  return [
    ...rest
      .filter(({ channel }) => channel !== route.channel)
      .slice(0, 1)
      .map(({ channel }) =>
        createProblem("route.channel_differs", ["members"], `It is ${channel}, not ${route.channel}.`),
      ),
    ...lost.map(({ journey, action }) => {
      const without = (lacking[action] ?? rest.map(({ key }) => key)).join(", ");
      return createProblem(
        "route.action_missing",
        ["members"],
        `It is ${action}, asked for by ${journey}; without it: ${without}.`,
      );
    }),
  ];
}
