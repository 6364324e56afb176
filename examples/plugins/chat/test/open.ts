import { createTestHost } from "@wend/plugin/testing";
import { onTestFinished } from "vitest";
import chat from "wend-plugin-chat";
import { startChat } from "./chat-server.ts";

/** A connection to a fresh chat, and a function that posts as the host would. */
export async function open(config: { readonly token?: string; readonly signingSecret?: string } = {}) {
  const server = await startChat();
  onTestFinished(() => server.stop());
  const connection = await chat.connect(chat.manifest.config.parse({ ...server.config, ...config }), createTestHost());
  const delivery = { idempotencyKey: "run-1:1", deliveryId: "delivery-1", profileId: "profile-1", attempt: 1 };
  const { signal } = new AbortController();
  const post = (input: { channel: string; text: string }) =>
    connection.actions.post({ ...delivery, purpose: "transactional", address: undefined, input, signal });
  return { server, connection, post };
}
