import type { ConsentFact, GateCheck, GateFacts } from "./types.ts";

/** The topic that stands for all. */
const ALL = "*";

type Permission = "granted" | "revoked" | "unknown" | "not_needed";

/** The customer agreed to be written to, and the address is not on the suppression list. */
export function checkConsent({ delivery, consents, suppressed }: GateFacts): GateCheck {
  const { channel, purpose, topic } = delivery;
  const permission = needsConsent(purpose) ? resolveConsent(consents, delivery) : "not_needed";
  const listed = Object.hasOwn(suppressed, channel) ? (suppressed[channel] ?? null) : null;
  const reason = reasonOf(permission, listed);
  const inputs = { channel, purpose, topic, consent: permission, suppression: listed };
  return { step: "consent", pass: reason === null, reason, inputs };
}

// Only these two are known to need none; a purpose nobody knows does.
function needsConsent(purpose: string): boolean {
  return purpose !== "transactional" && purpose !== "mandatory";
}

function reasonOf(permission: Permission, listed: string | null): GateCheck["reason"] {
  if (permission === "revoked") return "consent_revoked";
  if (permission === "unknown") return "no_consent";
  return listed === null ? null : "address_suppressed";
}

/**
 * What the profile's consents say about a delivery. A consent for `*` covers every topic, and a delivery without a
 * topic needs that one. Revoked, for the topic or for all, beats granted; unknown is no consent.
 */
function resolveConsent(
  consents: readonly ConsentFact[],
  delivery: Pick<GateFacts["delivery"], "channel" | "purpose" | "topic">,
): "granted" | "revoked" | "unknown" {
  let granted = false;
  for (const consent of consents) {
    if (consent.channel !== delivery.channel || consent.purpose !== delivery.purpose) continue;
    if (consent.topic !== ALL && consent.topic !== delivery.topic) continue;
    if (consent.state !== "granted") return "revoked";
    granted = true;
  }
  return granted ? "granted" : "unknown";
}
