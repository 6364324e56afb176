import { routeParts } from "@wend/core";
import { z } from "zod";
import { checkedInside } from "../schema/checked-inside.ts";
import { instant } from "../schema/instant.ts";
import { listOf } from "../schema/list.ts";

const mode = routeParts.mode.describe(
  "`failover`: the first member that is not down; `split`: a member by weight, the same for a profile every time",
);
const members = routeParts.members.describe(
  "connections of one channel by id or key, in the order in which failover tries them; `weight` is for a split, 0: none",
);

export const routeRef = z.string().min(1).max(200).describe("id or key of the route");

export const newRoute = checkedInside(
  z.strictObject({
    key: z.string().describe("the name journeys use, in one namespace with those of connections"),
    mode,
    members,
  }),
);

export const routeChange = checkedInside(
  z.strictObject({
    route: routeRef,
    mode: mode.optional(),
    members: members.optional().describe("replaces them all"),
  }),
);

export const route = z.object({
  id: z.string(),
  key: z.string(),
  channel: z.string(),
  mode: z.enum(["failover", "split"]),
  members: listOf(
    z.object({ connectionId: z.string(), key: z.string().describe("of the connection"), weight: z.number() }),
  ),
  createdAt: instant,
  updatedAt: instant,
});
