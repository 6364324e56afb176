import { testPlugin } from "@wend/plugin/testing";
import { test } from "vitest";
import chat from "wend-plugin-chat";
import { chatEvents } from "./chat-events.ts";
import { startChat } from "./chat-server.ts";

const calls = { post: { input: { channel: "C024BE91L", text: "Ada has signed up." } } };
const setup = { plugin: chat, calls, startProvider: startChat, webhooks: chatEvents };

for (const { name, run } of testPlugin(setup)) test(name, run);
