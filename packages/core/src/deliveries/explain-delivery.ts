import type { SuppressedReason } from "@wend/journey";
import type { ReceiptKind } from "@wend/plugin";
import type { HoldReason } from "../deliver/limits/hold.ts";
import { sandboxReason } from "../deliver/sandbox/record-in-sandbox.ts";
import { instantWords, quoted } from "../listing/words.ts";
import type { DeliverySummary } from "./delivery-view.ts";
import { settledByOperator } from "./settle-deliveries.ts";

type Explained = Pick<
  DeliverySummary,
  | "channel"
  | "purpose"
  | "topic"
  | "nodeId"
  | "state"
  | "reason"
  | "attempt"
  | "moves"
  | "sandbox"
  | "dueAt"
  | "receipt"
  | "error"
>;

/** What became of a delivery and why, in a sentence. */
export function explainDelivery(delivery: Explained): string {
  return `${movedTo(outcomeWords(delivery), delivery)}${redirectedWords(delivery)}`;
}

const movedTo = (said: string, delivery: Explained): string =>
  delivery.moves === 0 ? said : `${said.slice(0, -1)}; ${movedWords(delivery)}.`;

const movedWords = ({ moves }: Explained): string =>
  `its route moved it to another connection${moves === 1 ? "" : ` ${moves} times`}`;

function outcomeWords(delivery: Explained): string {
  const subject = `The ${delivery.channel} delivery of ${quoted(delivery.nodeId)}`;
  switch (delivery.state) {
    case "queued":
      return `${subject} ${queuedWords(delivery)}.`;
    case "sending":
      return `${subject} is being sent, attempt ${delivery.attempt}.`;
    case "accepted":
      if (delivery.reason === sandboxReason)
        return `${subject} was recorded and not sent: its connection is a sandbox.`;
      return `${subject} was accepted by the provider ${byOperator(delivery) ?? `at attempt ${delivery.attempt}`}${deferredWords(delivery)}.`;
    case "delivered":
      return `${subject} was delivered${engagedWords(delivery)}.`;
    case "bounced":
      return `${subject} bounced${errorWords(delivery)}.`;
    case "suppressed":
      return `${subject} was not sent, because ${suppressedWords(delivery)}.`;
    case "failed":
      if (delivery.receipt === "failed") return `${subject} failed: the provider took it, and gave it up later.`;
      return `${subject} failed for good ${byOperator(delivery) ?? `at attempt ${delivery.attempt}${errorWords(delivery)}`}.`;
    case "unknown":
      return `${subject} has an unknown outcome: the provider may have acted, so it is not sent again unasked.`;
    case "discarded":
      return `${subject} was given up and is not sent again.`;
  }
}

function queuedWords(delivery: Explained): string {
  const held = holdWords[delivery.reason as HoldReason];
  const tried = delivery.attempt === 0 ? undefined : triedWords(delivery);
  const from = delivery.dueAt === null ? "" : instantWords(delivery.dueAt);
  if (held) return `${tried ? `${tried}, and ` : ""}waits for ${held}${from && `, not before ${from}`}`;
  if (!tried) return "waits to be sent";
  return `${tried}${from && `; the next is not before ${from}`}`;
}

const triedWords = (delivery: Explained): string =>
  `was tried ${delivery.attempt === 1 ? "once" : `${delivery.attempt} times`}${errorWords(delivery)}`;

const holdWords: Readonly<Record<HoldReason, string>> = {
  daily_quota: "the daily quota of its connection",
  domain_rate: "its turn among those to the same domain",
};

// Whatever became of it became of it at another address.
function redirectedWords({ sandbox, state }: Explained): string {
  if (state === "suppressed" || sandbox === null || !("redirectTo" in sandbox)) return "";
  return ` Its connection is a sandbox: it goes to ${sandbox.redirectTo}, not to the customer.`;
}

// Nobody heard it from the provider's answer.
const byOperator = ({ reason }: Explained): string | undefined =>
  reason === settledByOperator ? "as an operator has found out" : undefined;

const deferredWords = ({ receipt }: Explained): string =>
  receipt === "deferred" ? ", which goes on trying to get it through" : "";

const engagements: { readonly [kind in ReceiptKind]?: string } = {
  opened: "opened it",
  clicked: "clicked in it",
  replied: "replied to it",
  unsubscribed: "unsubscribed by it",
  complained: "called it spam",
};

function engagedWords({ receipt }: Explained): string {
  const done = receipt === null ? undefined : engagements[receipt];
  return done === undefined ? "" : `, and the customer ${done}`;
}

const errorWords = ({ error }: Explained): string => (error ? ` with ${error.code}` : "");

function suppressedWords({ reason, channel, purpose, topic }: Explained): string {
  const what = `${purpose} ${channel}${topic === null ? "" : ` on ${quoted(topic)}`}`;
  if (reason === "no_consent") return `the profile has not consented to ${what}`;
  if (reason === "consent_revoked") return `the profile has revoked its consent to ${what}`;
  return (reason !== null && words[reason as SuppressedReason]) || `of ${reason ?? "an unnamed reason"}`;
}

const words: Readonly<Record<Exclude<SuppressedReason, "no_consent" | "consent_revoked"> | "content_aborted", string>> &
  Readonly<Record<string, string>> = {
  run_ended: "its run had ended",
  journey_stopped: "its journey was stopped",
  goal_reached: "the goal was reached",
  exited: "an exit of the journey applied",
  address_suppressed: "the address is on the suppression list",
  no_address: "the profile has no address for it",
  invalid_address: "the profile's address is not a valid one (address.invalid)",
  content_aborted: "its template aborted it",
  connection_missing: "the connection that the journey names does not exist",
};
