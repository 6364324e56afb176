import type { CompiledVersion, GateFacts, History } from "@wend/journey";
import { resolveExitNow } from "@wend/journey";
import type { OpenAction, OpenConnection } from "../../connections/open-connection.ts";
import { gateStatus } from "../../journeys/gate-status.ts";
import type { Claimed } from "./claimed.ts";
import { entryEventOf, traitsOf, varsOf } from "./entry-event.ts";

/** What surrounds the deliveries of one claim. */
export interface ClaimView {
  readonly now: number;
  readonly connection: OpenConnection;
  /** Of an active run; undefined once it has ended, for then it has no exits any more. */
  version(delivery: Claimed): CompiledVersion | undefined;
  history(profileId: string): History;
  /** Why the delivery's address is on the suppression list. */
  suppressed(deliveryId: string): string | undefined;
  random(): number;
}

/** What the send gate decides a claim on. A run or journey that is gone has ended. */
export function gateFacts(view: ClaimView, delivery: Claimed, action: OpenAction): GateFacts {
  const { channel, purpose, topic, address } = delivery;
  const { key } = view.connection;
  return {
    stage: "claim",
    now: view.now,
    journey: { status: gateStatus(delivery.journey_status) },
    run: { status: delivery.run_status ?? "ended", endedBy: delivery.ended_by },
    exitNow: exitNow(view, delivery),
    delivery: {
      connection: key,
      channel,
      purpose,
      topic,
      addressKind: action.manifest.address ?? null,
      address,
    },
    consents: (delivery.consents ?? []).map(([channel, purpose, topic, state]) => ({ channel, purpose, topic, state })),
    suppressed: { [channel]: view.suppressed(delivery.id) },
    connections: { [key]: { channel: view.connection.channel, address: null } },
  };
}

const nothingHolds: GateFacts["exitNow"] = { exit: null, goal: false };

function exitNow(view: ClaimView, delivery: Claimed): GateFacts["exitNow"] {
  const version = view.version(delivery);
  if (!version?.hasConditions) return nothingHolds;
  return resolveExitNow({
    version,
    run: { vars: varsOf(delivery) },
    facts: {
      profile: { id: delivery.profile_id, traits: traitsOf(delivery) },
      entry: entryEventOf(delivery),
      history: view.history(delivery.profile_id),
    },
    now: view.now,
  });
}
