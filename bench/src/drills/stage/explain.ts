import type { Stage } from "./stage.ts";

const most = 3;

/** Prints what the API tells of customers who did not get what they should have. */
export async function explain({ client: { api } }: Stage, customers: readonly string[]): Promise<void> {
  for (const userId of customers.slice(0, most)) {
    const { id: profileId } = await api.profiles.get.query({ userId });
    const { items: runs } = await api.runs.list.query({ profileId });
    const { items } = await api.deliveries.list.query({ profileId });
    const deliveries = await Promise.all(items.map(({ id }) => api.deliveries.get.query({ id })));
    const told = deliveries.map(({ nodeId, state, says, attempts }) => ({ nodeId, state, says, attempts }));
    console.error(JSON.stringify({ userId, runs, deliveries: told }, undefined, 1));
  }
}
