import { createHmac } from "node:crypto";

export const webhookSecret = "HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA=";
export const signedAt = "2026-01-02T03:04:05Z";

/** A webhook as Zendesk sends it: `base64(HMACSHA256(timestamp + body))`. */
export function webhookOf(body: string | object, { secret = webhookSecret, time = signedAt } = {}) {
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body, null, 1));
  const signature = createHmac("sha256", secret).update(time).update(bytes).digest("base64");
  return {
    method: "POST",
    url: "https://wend.test/hooks/support-zendesk/connection",
    headers: new Headers({
      "content-type": "application/json; charset=utf-8",
      "x-zendesk-webhook-signature": signature,
      "x-zendesk-webhook-signature-timestamp": time,
    }),
    body: new Uint8Array(bytes),
    signal: new AbortController().signal,
  };
}

/** An event in the shape of Zendesk's ticket events. */
export const eventOf = (type: string, event: object, detail: object = {}) => ({
  account_id: 22_129_848,
  detail: {
    actor_id: "8447388090494",
    assignee_id: "8447388090494",
    brand_id: "8447346621310",
    created_at: "2026-01-01T10:12:07Z",
    custom_status: "8447320465790",
    description: "I cannot log in",
    external_id: null,
    form_id: "8646151517822",
    group_id: "8447320466430",
    id: "5158",
    is_public: true,
    organization_id: "8447346622462",
    priority: "HIGH",
    requester_id: "8447388090494",
    status: "OPEN",
    subject: "Cannot log in",
    submitter_id: "8447388090494",
    tags: ["vip"],
    type: "TASK",
    updated_at: "2026-01-02T03:04:04Z",
    via: { channel: "web_service" },
    ...detail,
  },
  event: { meta: { sequence: { id: "01HZ", position: 1, total: 1 } }, ...event },
  id: "a8b9c1d2-3e4f-5a6b-7c8d-9e0f1a2b3c4d",
  subject: "zen:ticket:5158",
  time: "2026-01-02T03:04:04.987654321Z",
  type: `zen:event-type:ticket.${type}`,
  zendesk_event_version: "2022-11-06",
});
