import type { PluginHost } from "@wend/plugin";
import web from "@wend/web";

/** Puts a message into the inbox of a customer; a page reads what is kept of it. */
export async function greet(host: PluginHost, settings: { origins: string[] }) {
  const { config, actions } = web.manifest;
  const connection = await web.connect(config.parse(settings), host);
  const { output } = await connection.actions.inbox({
    input: actions.inbox.input.parse({ title: "Welcome", body: "Good to have you here." }),
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
