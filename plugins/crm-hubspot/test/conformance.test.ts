import hubspot from "@wend/crm-hubspot";
import type { PollTests, ProviderStandIn } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";
import { test } from "vitest";
import type { Hubspot } from "./fake/start-hubspot.ts";
import { startHubspot, TOKEN } from "./fake/start-hubspot.ts";
import { webhooks } from "./webhooks.ts";

const contact = "ada@example.test";
const SINCE = Date.UTC(2026, 0, 1);

async function standIn(fill: (hubspot: Hubspot) => void, config: object = {}): Promise<ProviderStandIn> {
  const provider = await startHubspot();
  fill(provider);
  return {
    config: { token: TOKEN, apiUrl: provider.url, ...config },
    behave: (mode) => {
      provider.mode = mode;
    },
    keys: () => provider.keys,
    stop: () => provider.stop(),
  };
}

/** Two contacts and two deals of theirs. */
function fill({ tables }: Hubspot): void {
  const contacts = ["ada@example.test", "grace@example.test"].map((email) => tables.contacts!.create({ email }, SINCE));
  for (const dealname of ["Renewal", "Upgrade"]) {
    const deal = tables.deals!.create({ dealname }, SINCE);
    deal.associations.push(...contacts.map(({ id }) => ({ to: id, typeId: 3 })));
  }
}

const polls: PollTests = {
  startProvider: () =>
    standIn(
      (provider) => {
        provider.hangsAtQuestions = true;
        for (let number = 0; number < 60; number++) {
          provider.tables.contacts!.create({ lifecyclestage: `stage-${number}` }, SINCE + number);
        }
      },
      { contactProperties: ["lifecyclestage"], pollSince: new Date(SINCE).toISOString() },
    ),
  says: {
    signals: Array.from({ length: 60 }, (_, number) => {
      const objectId = String(501 + number);
      const said = { about: { providerId: `contact:${objectId}` }, at: SINCE + number };
      return [
        { name: "CRM Contact Created", id: `contact:${objectId}:created`, ...said, data: { objectId } },
        {
          name: "CRM Contact Changed",
          id: `contact:${objectId}:lifecyclestage:${said.at}`,
          ...said,
          data: { objectId, property: "lifecyclestage", value: `stage-${number}` },
        },
      ];
    }).flat(),
  },
};

const calls = {
  upsertContact: {
    input: { contact, properties: { firstname: "Ada" } },
    refused: { input: { contact: "grace@example.test", properties: { wend_missing: "1" } } },
  },
  upsertCompany: { input: { domain: "example.test", properties: { name: "Example" } } },
  dealNote: { input: { deal: "90001", body: "Opened the offer." } },
  createTask: { input: { contact, subject: "Call Ada", dueAt: "2026-03-01T09:00:00Z", priority: "HIGH" } },
  enrol: {
    input: { contact, journey: "Onboarding", step: "welcome", nextTouchAt: "2026-03-02T09:00:00Z" },
    refused: { input: { contact: "nobody@example.test", journey: "Onboarding", step: "welcome" } },
  },
};

const startProvider = () => standIn(fill);
for (const { name, run } of testPlugin({ plugin: hubspot, calls, startProvider, webhooks, polls })) test(name, run);
