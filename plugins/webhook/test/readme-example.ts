import type { PluginHost } from "@wend/plugin";
import webhook from "@wend/webhook";

/** Tells a server of a customer; its status is what came back. */
export async function tell(host: PluginHost, settings: { url: string }) {
  const { config, actions } = webhook.manifest;
  const connection = await webhook.connect(config.parse(settings), host);
  const { output } = await connection.actions.post({
    input: actions.post.input.parse({ path: "/welcome", body: { customer: "ada" } }),
    address: undefined,
    idempotencyKey: "run-1:1",
    deliveryId: "01980000-0000-7000-8000-000000000001",
    profileId: "ada",
    purpose: "transactional",
    attempt: 1,
    signal: AbortSignal.timeout(30_000),
  });
  return output.status;
}
