import type { ProviderMode, ProviderStandIn, SampleCall } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";
import web from "@wend/web";
import { test } from "vitest";
import { startPushService } from "./push-service.ts";
import { makeVapidPair } from "./vapid-pair.ts";

// Of the stand-in that was started last: a push goes wherever its browser has said.
let [address, otherAddress] = ["", ""];

async function startProvider(): Promise<ProviderStandIn> {
  const service = await startPushService();
  const browsers = [service.subscribe(), service.subscribe()] as const;
  [address, otherAddress] = [browsers[0].address, browsers[1].address];
  const browserOf = (to: string) => browsers.find(({ endpoint }) => endpoint.endsWith(to))!;
  const statuses = { accept: 201, unavailable: 503, reject: 400, hang: undefined, drop: "drop" } as const;
  return {
    config: makeVapidPair(),
    behave: (mode: ProviderMode) => service.answer(statuses[mode]),
    keys: () => service.pushed.map(({ to, body }) => (browserOf(to).decrypt(body) as { tag: string }).tag),
    reached: () => service.pushed.map(({ to }) => browserOf(to).address),
    stop: service.stop,
  };
}

const push: SampleCall = {
  input: { title: "Cheaper", body: "Tea", url: "/deals" },
  get address() {
    return address;
  },
  get otherAddress() {
    return otherAddress;
  },
};
const calls = {
  inbox: { input: { title: "Cheaper", url: "/deals", expiresAt: "2030-01-01T00:00:00Z" }, local: true },
  slot: { input: { key: "home.hero", value: { image: "tea" }, priority: 5 }, local: true },
  push,
} as const;

const links = ["shown", "clicked"].map((done) => ({
  name: `a notification was ${done}`,
  purpose: "push",
  data: { d: "01980000-0000-7000-8000-000000000001" },
  path: (token: string) => `/push/${token}/${done}`,
}));
const setup = { plugin: web, calls, startProvider, links, checksLocally: true } as const;

for (const { name, run } of testPlugin(setup)) test(name, run);
