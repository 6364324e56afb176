import emailSendgrid from "@wend/email-sendgrid";
import type { PluginHost, WebhookRequest } from "@wend/plugin";

/** Writes to one customer; what becomes of the mail comes by `receive`. */
export async function welcome(host: PluginHost, settings: { apiKey: string; publicKey: string; url: string }) {
  const { config, actions } = emailSendgrid.manifest;
  const connection = await emailSendgrid.connect(config.parse({ from: "shop@example.com", ...settings }), host);
  const { output } = await connection.actions.send({
    input: actions.send.input.parse({ subject: "Welcome", text: "Good to have you here." }),
    address: "ada@example.com",
    idempotencyKey: "run-1:1",
    deliveryId: "01980000-0000-7000-8000-000000000001",
    profileId: "ada",
    purpose: "transactional",
    attempt: 1,
    signal: AbortSignal.timeout(30_000),
  });
  const receive = async (request: WebhookRequest) => (await connection.receive!(request)).receipts ?? [];
  return { messageId: output.messageId, receive };
}
