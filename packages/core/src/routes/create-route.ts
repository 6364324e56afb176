import { z } from "zod";
import { claimKey } from "../connections/claim-key.ts";
import { connectionKey } from "../connections/create-connection.ts";
import type { PluginRegistry } from "../connections/plugin-registry.ts";
import { uuidv7 } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";
import { checkMembers, toStored } from "./check-members.ts";
import { lockRoute } from "./load-route.ts";
import type { Route } from "./route.ts";
import { routeParts } from "./route-input.ts";
import { refuseRoute, toRouteProblems } from "./route-problem.ts";

const newRoute = z.strictObject({ key: connectionKey, ...routeParts });

// Read on its own: a bad key hides nothing of what else is wrong.
const membersPart = z.object(routeParts);

export type NewRoute = z.input<typeof newRoute>;

/** Stores a route. Throws `route.invalid` with all problems, `plugin.unknown`, `connection.key_taken`. */
export async function createRoute(tx: Tx, plugins: PluginRegistry, input: NewRoute): Promise<Route> {
  const parsed = newRoute.safeParse(input);
  const asked = membersPart.safeParse(input);
  const checked = asked.success ? await checkMembers(tx, plugins, asked.data) : undefined;
  refuseRoute([...toRouteProblems(parsed.error), ...(checked?.problems ?? [])]);
  const { key, mode } = parsed.data!;
  await claimKey(tx, key);
  const id = uuidv7();
  const { found } = checked!;
  await tx.run(
    `insert into routes (workspace_id, id, key, channel, mode, members, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000e0), to_timestamp($7 / 1000e0))`,
    [tx.workspaceId, id, key, found[0]!.channel, mode, JSON.stringify(toStored(found)), tx.now],
  );
  return lockRoute(tx, id);
}
