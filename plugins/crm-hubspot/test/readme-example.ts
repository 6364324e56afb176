import hubspot from "@wend/crm-hubspot";
import type { PluginHost } from "@wend/plugin";

/** Writes one contact, and gives its id at HubSpot. */
export async function write(host: PluginHost, settings: { token: string; apiUrl: string }) {
  const { config, actions } = hubspot.manifest;
  const connection = await hubspot.connect(config.parse(settings), host);
  const { output } = await connection.actions.upsertContact({
    input: actions.upsertContact.input.parse({ contact: "ada@example.com", properties: { firstname: "Ada" } }),
    address: undefined,
    idempotencyKey: "run-1:1",
    deliveryId: "01980000-0000-7000-8000-000000000001",
    profileId: "ada",
    purpose: "transactional",
    attempt: 1,
    signal: AbortSignal.timeout(30_000),
  });
  return output;
}
