import { testPlugin } from "@wend/plugin/testing";
import { test } from "vitest";
import plugin from "../src/index.ts";
import { startProvider } from "./provider.ts";
import { reports } from "./reports.ts";

const calls = { send: { input: { text: "Hello Ada" }, address: "+14155550123", otherAddress: "+14155550199" } };

for (const { name, run } of testPlugin({ plugin, calls, startProvider, webhooks: reports })) test(name, run);
