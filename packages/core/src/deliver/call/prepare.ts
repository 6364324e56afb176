import type { ActionItem, Purpose } from "@wend/plugin";
import type { OpenAction } from "../../connections/open-connection.ts";
import type { Claimed } from "../claim/claimed.ts";
import type { Ended } from "../decide-outcome.ts";
import { decideFailed } from "../decide-outcome.ts";
import type { Outcome } from "../outcome.ts";
import { putBack } from "../outcome.ts";
import { recordInSandbox } from "../sandbox/record-in-sandbox.ts";
import { addressIn, isRecorded, sandboxFor } from "../sandbox/sandbox-for.ts";
import type { Performance } from "./performance.ts";
import { codedOr, instant, rulesOf } from "./performance.ts";
import { renderDelivery } from "./render-input.ts";

/** A delivery that is to be called. */
export interface Subject {
  readonly delivery: Claimed;
  readonly action: OpenAction;
  /** Whether an earlier call of unknown outcome still stands: a lookup may have cleared it. */
  readonly ambiguous: boolean;
}

/** A delivery rendered for its call, or what became of it without one. */
export type Prepared =
  | { readonly kind: "ready"; readonly item: ActionItem<object>; ended(called: boolean): Ended }
  | { readonly kind: "ended"; readonly outcome: Outcome };

/** A promise only where rendering has to wait for something: a turn for each of a batch would let others overtake it. */
export function prepare(on: Performance, { delivery, action, ambiguous }: Subject): Prepared | Promise<Prepared> {
  const startedAt = instant(on);
  const ended = (called: boolean): Ended => ({ delivery, ambiguous, called, startedAt, endedAt: instant(on) });
  const ready = (input: object): Prepared => {
    const sandbox = sandboxFor(on.connection.sandbox, action.manifest);
    if (isRecorded(sandbox)) return { kind: "ended", outcome: recordInSandbox(delivery, ambiguous) };
    const item = itemOf(delivery, { input, address: addressIn(sandbox, delivery.address) });
    return { kind: "ready", item, ended };
  };
  const failed = (error: unknown): Prepared => {
    const fault = codedOr(error, "internal.unexpected");
    return { kind: "ended", outcome: decideFailed(ended(false), fault, rulesOf(on, action)) };
  };
  try {
    const input = renderDelivery(action.manifest, delivery);
    return input instanceof Promise ? input.then(ready, failed) : ready(input);
  } catch (error) {
    return failed(error);
  }
}

const itemOf = (delivery: Claimed, rendered: Pick<ActionItem<object>, "input" | "address">): ActionItem<object> => ({
  ...rendered,
  idempotencyKey: `${delivery.run_id}:${delivery.seq}`,
  deliveryId: delivery.id,
  profileId: delivery.profile_id,
  purpose: delivery.purpose as Purpose,
  attempt: delivery.attempt,
});

/** As if it had not been claimed; what an earlier call left open stays open. */
export const uncalled = (on: Performance, { delivery, ambiguous }: Ended): Outcome => ({
  ...putBack(delivery, instant(on)),
  ambiguous,
});
