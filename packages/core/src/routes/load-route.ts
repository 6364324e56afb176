import { WendError } from "@wend/plugin";
import { isUuid } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";
import type { Route, RouteRow } from "./route.ts";
import { routeColumns, toRoute } from "./route.ts";

/** The stored route by id or key, locked for a change; throws `route.not_found`. */
export async function lockRoute(tx: Tx, idOrKey: string): Promise<Route> {
  const [row] = await tx.rows<RouteRow>(
    `select ${routeColumns} from routes r where r.workspace_id = $1 and r.${isUuid(idOrKey) ? "id" : "key"} = $2
     for update`,
    [tx.workspaceId, idOrKey],
  );
  if (!row)
    throw new WendError("route.not_found", {
      pointer: "/route",
      detail: `It was asked for as ${idOrKey.slice(0, 100)}.`,
    });
  return toRoute(row);
}

/** All routes of the workspace, by key. */
export async function listRoutes(tx: Tx): Promise<Route[]> {
  const rows = await tx.rows<RouteRow>(
    `select ${routeColumns} from routes r where r.workspace_id = $1 order by r.key`,
    [tx.workspaceId],
  );
  return rows.map(toRoute);
}
