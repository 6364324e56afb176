import { buffer } from "node:stream/consumers";
import emailSmtp from "@wend/email-smtp";
import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";
import { test } from "vitest";
import { startInbox } from "./inbox.ts";

async function startProvider(): Promise<ProviderStandIn> {
  const keys: string[] = [];
  let mode: ProviderMode = "accept";
  const refusal = (responseCode: number) => Object.assign(new Error("not now"), { responseCode });
  const inbox = await startInbox({
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      void buffer(stream).then((raw) => {
        keys.push(/^Message-ID: (.*)$/im.exec(raw.toString())?.[1]?.trim() ?? "");
        if (mode === "unavailable") done(refusal(451));
        else if (mode === "reject") done(refusal(554));
        else if (mode === "drop") inbox.drop(session.id);
        else if (mode === "accept") done(null, "queued");
      });
    },
  });
  return {
    config: {
      host: "localhost",
      port: inbox.port,
      secure: "none",
      user: "shop",
      pass: "pass-7c41",
      from: "shop@example.com",
    },
    behave: (next) => {
      mode = next;
    },
    keys: () => keys,
    stop: inbox.stop,
  };
}

const calls = { send: { input: { subject: "Hello", text: "Hello Ada" }, address: "ada@example.com" } };
const host = { resolveHost: async () => ({ address: "127.0.0.1", family: 4 }) as const };

for (const { name, run } of testPlugin({ plugin: emailSmtp, calls, startProvider, host })) test(name, run);
