import type { CustomerDelivery } from "@wend/plugin";

/** A delivery as it is read for a plugin. */
export interface DeliveryRow {
  id: string;
  action: string;
  state: string;
  receipt: string | null;
  output: unknown;
  settled_at: number;
}

export function toCustomerDelivery(row: DeliveryRow): CustomerDelivery {
  const { id, action, state, output } = row;
  return { id, action, state, receipt: row.receipt ?? undefined, output, at: row.settled_at };
}
