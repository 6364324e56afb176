import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";
import supportZendesk from "@wend/support-zendesk";
import { test } from "vitest";
import type { Asked } from "./fake/routes.ts";
import type { Interruption } from "./fake/start-zendesk.ts";
import { startZendesk } from "./fake/start-zendesk.ts";
import { heard } from "./heard.ts";
import { address, credentials } from "./open.ts";

const interruptions: { readonly [Mode in ProviderMode]: Interruption } = {
  accept: undefined,
  unavailable: { status: 503 },
  reject: { status: 422, body: { error: "RecordInvalid" } },
  hang: "take-and-hang",
  drop: "take-and-drop",
};

// The request that is the action itself; what goes before it only reads.
const acts = ({ method, path }: Asked) => method !== "GET" || path.endsWith("/requested");

function keyOf({ method, path, headers, body }: Asked): string {
  const { metadata } = (body === "" ? undefined : JSON.parse(body).ticket) ?? {};
  return String(headers["idempotency-key"] ?? metadata?.wend_key ?? `${method} ${path}`);
}

async function startProvider(): Promise<ProviderStandIn> {
  const zendesk = await startZendesk();
  const user = zendesk.state.addUser({ email: address });
  zendesk.state.addTicket({ id: 35_436, requester_id: user.id });
  let mode: ProviderMode = "accept";
  zendesk.interrupt((asked) => (acts(asked) ? interruptions[mode] : undefined));
  return {
    config: { url: zendesk.url, ...credentials, webhookSecret: "s3cret-for-webhooks" },
    behave: (next) => {
      mode = next;
    },
    keys: () => zendesk.asked.filter(acts).map(keyOf),
    stop: zendesk.stop,
  };
}

const calls = {
  openTicket: { address, input: { subject: "Renewal", text: "Call back." } },
  comment: { address, input: { ticket: "35436", text: "Paid.", public: false } },
  tag: { address, input: { ticket: "35436", add: ["vip"] } },
  solve: { address, input: { ticket: "35436" } },
  findOpenTickets: { address, input: {} },
};

for (const { name, run } of testPlugin({ plugin: supportZendesk, calls, startProvider, webhooks: heard }))
  test(name, run);
