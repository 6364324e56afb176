import type { PluginHost } from "@wend/plugin";
import supportZendesk from "@wend/support-zendesk";

/** Opens one ticket, and gives its number. */
export async function help(host: PluginHost, settings: { url: string; email: string; apiToken: string }) {
  const { config, actions } = supportZendesk.manifest;
  const connection = await supportZendesk.connect(config.parse(settings), host);
  const { output } = await connection.actions.openTicket({
    input: actions.openTicket.input.parse({ subject: "Broken", text: "It does not start.", public: true }),
    address: "ada@example.com",
    idempotencyKey: "run-1:1",
    deliveryId: "01980000-0000-7000-8000-000000000001",
    profileId: "ada",
    purpose: "transactional",
    attempt: 1,
    signal: AbortSignal.timeout(30_000),
  });
  return output;
}
