import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";
import smsTwilio from "@wend/sms-twilio";
import { test } from "vitest";
import type { FakeMode } from "./fake-twilio.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { ada, configOf } from "./open.ts";
import { told, toldAt } from "./told.ts";

const modes: Record<ProviderMode, FakeMode> = {
  accept: "accept",
  unavailable: { status: 503, code: 20503 },
  reject: { status: 400, code: 21610 },
  hang: "hang",
  drop: "drop",
};

async function startProvider(): Promise<ProviderStandIn> {
  const twilio = await startFakeTwilio();
  return {
    config: configOf(twilio),
    behave: (mode) => twilio.behave(modes[mode]),
    // All that Twilio could know a message by again is where it reports it.
    keys: () => twilio.posts.map(({ form }) => form.get("StatusCallback") ?? ""),
    reached: () => twilio.posts.map(({ form }) => form.get("To") ?? ""),
    stop: twilio.stop,
  };
}

const calls = { send: { input: { text: "Hello Ada" }, address: ada, otherAddress: "+4915112345699" } };

const host = { now: () => toldAt };
const setup = { plugin: smsTwilio, calls, startProvider, host, webhooks: told };

for (const { name, run } of testPlugin(setup)) test(name, run);
