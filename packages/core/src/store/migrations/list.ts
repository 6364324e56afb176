import { first } from "./0001_first.ts";
import { workspaceKeys } from "./0002_workspace_keys.ts";
import { deliveryVerdicts } from "./0003_delivery_verdicts.ts";
import { pauses } from "./0004_pauses.ts";
import { incoming } from "./0005_incoming.ts";
import { connectionLimits } from "./0006_connection_limits.ts";
import { routes } from "./0007_routes.ts";
import { webhookReplays } from "./0008_webhook_replays.ts";
import { lostFacts } from "./0009_lost_facts.ts";

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * In order, never edited once released. A migration only expands: it adds tables, nullable columns, indexes. What the
 * previous release reads or writes is removed no earlier than one release after the code that stopped using it.
 */
export const migrations: readonly Migration[] = [
  { version: 1, name: "first", sql: first },
  { version: 2, name: "workspace_keys", sql: workspaceKeys },
  { version: 3, name: "delivery_verdicts", sql: deliveryVerdicts },
  { version: 4, name: "pauses", sql: pauses },
  { version: 5, name: "incoming", sql: incoming },
  { version: 6, name: "connection_limits", sql: connectionLimits },
  { version: 7, name: "routes", sql: routes },
  { version: 8, name: "webhook_replays", sql: webhookReplays },
  { version: 9, name: "lost_facts", sql: lostFacts },
];

/** The schema that this code was written for. */
export const schemaVersion = migrations.at(-1)!.version;
