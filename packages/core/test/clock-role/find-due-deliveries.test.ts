import { expect, it } from "vitest";
import { findDueConnections, findDueDeliveries } from "../../src/clock-role/find-due-deliveries.ts";
import { createWorld } from "../deliver/world.ts";

it("takes what a quota has put off to one instant in the order of planning, but what is promotional last", async () => {
  const start = Date.parse("2026-03-01T00:00:00Z");
  const world = await createWorld({ now: "2026-03-01T00:00:00Z", connection: { dailyQuota: 1 } });
  const purposes = ["promotional", "transactional", "promotional", "mandatory", "transactional"];
  const ids = await world.plan(purposes.map((purpose) => ({ purpose })));
  // Written in another order, so that it is not the order of the rows in the table.
  for (const id of [3, 0, 4, 1, 2].map((n) => ids[n]!)) {
    await world.sql("update deliveries set due_at = due_at where workspace_id = $1 and id = $2", [id]);
  }
  const query = { ...world.target, dueBefore: start, limited: true, limit: 4 };
  const [due] = (await findDueConnections(world.store, start)).filter(
    ({ workspaceId }) => workspaceId === world.workspace.id,
  );
  expect(due).toMatchObject({ ...world.target, limited: true });
  const [found] = await findDueDeliveries(world.store, [query]);
  expect(found!.ids).toEqual([ids[1], ids[3], ids[4], ids[0]]);
});
