import type { PluginHost } from "@wend/plugin";
import smsTwilio from "@wend/sms-twilio";

/** Sends one text; its SID is what Twilio's reports name. */
export async function text(host: PluginHost, settings: { accountSid: string; authToken: string; url: string }) {
  const { config, actions } = smsTwilio.manifest;
  const connection = await smsTwilio.connect(config.parse({ senders: ["+14155552345"], ...settings }), host);
  const { providerId } = await connection.actions.send({
    input: actions.send.input.parse({ text: "Your order is on its way." }),
    address: "+4915112345678",
    idempotencyKey: "run-1:1",
    deliveryId: "01980000-0000-7000-8000-000000000001",
    profileId: "ada",
    purpose: "transactional",
    attempt: 1,
    signal: AbortSignal.timeout(30_000),
  });
  return providerId;
}
