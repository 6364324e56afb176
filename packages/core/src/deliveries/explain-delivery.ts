import type { SuppressedReason } from "@wend/journey";
import { instantWords, quoted } from "../listing/words.ts";
import type { DeliverySummary } from "./delivery-view.ts";
import { settledByOperator } from "./settle-deliveries.ts";

type Explained = Pick<
  DeliverySummary,
  "channel" | "purpose" | "topic" | "nodeId" | "state" | "reason" | "attempt" | "dueAt" | "error"
>;

/** What became of a delivery and why, in a sentence. */
export function explainDelivery(delivery: Explained): string {
  const subject = `The ${delivery.channel} delivery of ${quoted(delivery.nodeId)}`;
  switch (delivery.state) {
    case "queued":
      return `${subject} ${queuedWords(delivery)}.`;
    case "sending":
      return `${subject} is being sent, attempt ${delivery.attempt}.`;
    case "accepted":
      return `${subject} was accepted by the provider ${byOperator(delivery) ?? `at attempt ${delivery.attempt}`}.`;
    case "delivered":
      return `${subject} was delivered.`;
    case "bounced":
      return `${subject} bounced${errorWords(delivery)}.`;
    case "suppressed":
      return `${subject} was not sent, because ${suppressedWords(delivery)}.`;
    case "failed":
      return `${subject} failed for good ${byOperator(delivery) ?? `at attempt ${delivery.attempt}${errorWords(delivery)}`}.`;
    case "unknown":
      return `${subject} has an unknown outcome: the provider may have acted, so it is not sent again unasked.`;
    case "discarded":
      return `${subject} was given up and is not sent again.`;
  }
}

function queuedWords(delivery: Explained): string {
  if (delivery.attempt === 0) return "waits to be sent";
  const next = delivery.dueAt === null ? "" : `; the next is not before ${instantWords(delivery.dueAt)}`;
  return `was tried ${delivery.attempt === 1 ? "once" : `${delivery.attempt} times`}${errorWords(delivery)}${next}`;
}

// Nobody heard it from the provider's answer.
const byOperator = ({ reason }: Explained): string | undefined =>
  reason === settledByOperator ? "as an operator has found out" : undefined;

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
