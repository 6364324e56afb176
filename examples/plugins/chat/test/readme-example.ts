import type { PluginHost } from "@wend/plugin";
import chat from "wend-plugin-chat";

/** Posts to a channel; where the post stands is what came back. */
export async function announce(host: PluginHost, settings: { token: string; url: string }) {
  const { config, actions } = chat.manifest;
  const connection = await chat.connect(config.parse(settings), host);
  const { output } = await connection.actions.post({
    input: actions.post.input.parse({ channel: "C024BE91L", text: "Ada has signed up." }),
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
