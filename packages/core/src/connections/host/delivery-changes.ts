import type { ChangesAsked, CustomerDelivery } from "@wend/plugin";
import { isUuid } from "../../ids.ts";
import type { DeliveryNews } from "../../serve/delivery-news.ts";
import type { Store } from "../../store/connect.ts";
import { inWorkspace } from "../../store/transaction.ts";
import type { ConnectionId } from "../connections.ts";
import type { DeliveryRow } from "./delivery-row.ts";
import { toCustomerDelivery } from "./delivery-row.ts";

/** Where changes are looked for. */
export interface ChangesSource {
  readonly store: Store;
  readonly id: ConnectionId;
  readonly news: DeliveryNews;
}

/** One may be committed so long after another that was taken later. */
const overlapMs = 15_000;
const mostAtOnce = 100;

/** What a customer is sent through the connection, as it is committed; until the signal aborts. */
export async function* watchDeliveries(
  { store, id, news }: ChangesSource,
  { profileId, since }: ChangesAsked,
  signal: AbortSignal,
): AsyncGenerator<CustomerDelivery> {
  if (!isUuid(profileId)) return;
  // In lower case, as the record says it.
  using subscription = news.subscribe({ ...id, profileId: profileId.toLowerCase() });
  const memory = remember(since ?? store.clock.fixed() ?? Date.now());
  while (!signal.aborted) {
    for await (const delivery of readFrom({ store, id }, { profileId, at: memory.from() - overlapMs })) {
      if (memory.isNew(delivery)) yield delivery;
    }
    memory.forget();
    await subscription.next(signal);
  }
}

/** What was told of late, and where to look on. */
function remember(since: number) {
  const told = new Map<string, number>();
  let from = since;
  return {
    from: () => from,
    isNew: ({ id, at }: CustomerDelivery): boolean => {
      from = Math.max(from, at);
      const known = told.has(id);
      told.set(id, at);
      return !known;
    },
    forget: (): void => {
      for (const [id, at] of told) if (at < from - overlapMs) told.delete(id);
    },
  };
}

interface Place {
  readonly profileId: string;
  readonly at: number;
}

/** All that was taken from an instant on, a page at a time. */
async function* readFrom(
  { store, id }: Omit<ChangesSource, "news">,
  { profileId, at }: Place,
): AsyncGenerator<CustomerDelivery> {
  let last = { at, id: "00000000-0000-0000-0000-000000000000" };
  for (;;) {
    const rows = await inWorkspace(store, id.workspaceId, (tx) =>
      tx.rows<DeliveryRow>(changesSql, [
        tx.workspaceId,
        id.connectionId,
        profileId,
        last.at / 1000,
        last.id,
        mostAtOnce,
      ]),
    );
    const page = rows.map(toCustomerDelivery);
    yield* page;
    last = page.at(-1) ?? last;
    if (page.length < mostAtOnce) return;
  }
}

const changesSql = {
  name: "read-delivery-changes",
  text: /* sql */ `
with place as materialized (select to_timestamp($4) as at)
select id, action, state, receipt, output, settled_at from deliveries
where workspace_id = $1 and profile_id = $3
  and case when connection_id = $2 and state in ('accepted', 'delivered', 'bounced') and output is not null
    and sandbox_attempt is distinct from attempt
    then (settled_at, id) > ((select at from place), $5::uuid) end
order by settled_at, id limit $6`,
};
