import emailSmtp from "@wend/email-smtp";
import type { PluginHost } from "@wend/plugin";

/** Sends one mail; its Message-ID is what bounces name. */
export async function welcome(host: PluginHost, settings: { host: string; port: number; secure?: "none" }) {
  const { config, actions } = emailSmtp.manifest;
  const connection = await emailSmtp.connect(config.parse({ from: "shop@example.com", ...settings }), host);
  const { providerId } = await connection.actions.send({
    input: actions.send.input.parse({ subject: "Welcome", text: "Good to have you here." }),
    address: "ada@example.com",
    idempotencyKey: "run-1:1",
    deliveryId: "01980000-0000-7000-8000-000000000001",
    profileId: "ada",
    purpose: "transactional",
    attempt: 1,
    signal: AbortSignal.timeout(30_000),
  });
  await connection.close?.();
  return providerId;
}
