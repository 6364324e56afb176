import type { DeliveriesAsked, PluginDeliveries } from "@wend/plugin";
import { isUuid } from "../../ids.ts";
import { inWorkspace } from "../../store/transaction.ts";
import type { ChangesSource } from "./delivery-changes.ts";
import { watchDeliveries } from "./delivery-changes.ts";
import type { DeliveryRow } from "./delivery-row.ts";
import { toCustomerDelivery } from "./delivery-row.ts";

const mostListed = 100;

/** What one customer was sent through one connection, not what a sandbox kept back: a plugin sees no other's. */
export function createDeliveries(source: ChangesSource): PluginDeliveries {
  const { store, id } = source;
  return {
    list: async (asked, signal) => {
      signal.throwIfAborted();
      if (namesNothing(asked)) return [];
      const rows = await inWorkspace(store, id.workspaceId, (tx) =>
        tx.rows<DeliveryRow>(asked.newestFirst ? newestSql : oldestSql, [
          tx.workspaceId,
          id.connectionId,
          ...valuesOf(asked),
        ]),
      );
      return rows.map(toCustomerDelivery);
    },
    changes: (asked, signal) => watchDeliveries(source, asked, signal),
  };
}

const valuesOf = ({ profileId, id, action, after, limit = 20 }: DeliveriesAsked): unknown[] => [
  profileId,
  action ?? null,
  after ?? null,
  Math.max(0, Math.min(Math.trunc(limit), mostListed)),
  id ?? null,
];

// A plugin may hand on what a browser asked for.
const namesNothing = ({ profileId, id, after }: DeliveriesAsked): boolean =>
  [profileId, id, after].some((one) => one !== undefined && !isUuid(one));

const lowest = "00000000-0000-0000-0000-000000000000";
const highest = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const textOf = (range: string, order: string): string => /* sql */ `
select id, action, state, receipt, output, settled_at from deliveries
where workspace_id = $1 and profile_id = $3
  and case when connection_id = $2 and state in ('accepted', 'delivered', 'bounced')
    and action = coalesce($4, action) and sandbox_attempt is distinct from attempt then true end
  and ${range} and id >= coalesce($7::uuid, '${lowest}') and id <= coalesce($7::uuid, '${highest}')
order by ${order} limit $6`;

const oldestSql = {
  name: "list-customer-deliveries",
  text: textOf(`id > coalesce($5::uuid, '${lowest}')`, "id"),
};

const newestSql = {
  name: "list-newest-customer-deliveries",
  text: textOf(`id < coalesce($5::uuid, '${highest}')`, "id desc"),
};
