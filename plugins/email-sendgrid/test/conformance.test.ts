import emailSendgrid from "@wend/email-sendgrid";
import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";
import { test } from "vitest";
import type { FakeMode } from "./fake/start-sendgrid.ts";
import { startSendgrid } from "./fake/start-sendgrid.ts";
import { ada, configOf, hello } from "./open.ts";
import { told } from "./told.ts";

const modes: Record<ProviderMode, FakeMode> = {
  accept: "accept",
  unavailable: { status: 503 },
  reject: { status: 400 },
  hang: "hang",
  drop: "drop",
};

async function startProvider(): Promise<ProviderStandIn> {
  const sendgrid = await startSendgrid();
  return {
    config: configOf(sendgrid),
    behave: (mode) => {
      sendgrid.mode = modes[mode];
    },
    keys: () => sendgrid.posted.map(({ personalizations }) => personalizations[0]?.custom_args?.wend_key ?? ""),
    reached: () =>
      sendgrid.posted.flatMap(({ personalizations }) =>
        personalizations.map(({ to }) => to.map(({ email }) => email).join()),
      ),
    stop: () => sendgrid.stop(),
  };
}

const calls = { send: { input: hello, address: ada, otherAddress: "ops@operator.example" } };
const setup = { plugin: emailSendgrid, calls, startProvider, webhooks: told };

for (const { name, run } of testPlugin(setup)) test(name, run);
