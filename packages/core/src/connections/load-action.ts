import { WendError } from "@wend/plugin";
import type { OpenAction, OpenConnection } from "./open-connection.ts";

/** The action of that name; throws `connection.unknown_action` with the names there are. */
export function loadAction({ actions }: OpenConnection, name: string): OpenAction {
  const action = actions.get(name);
  if (action) return action;
  const detail = `It has: ${[...actions.keys()].join(", ")}.`;
  throw new WendError("connection.unknown_action", { pointer: "/action", detail });
}
