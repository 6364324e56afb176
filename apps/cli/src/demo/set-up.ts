import type { WendClient } from "@wend/client";
import type { Customer } from "./customers.ts";
import { onboarding } from "./journey.ts";
import type { OutsideWorld } from "./outside-world.ts";

const MOST_CONSENTS = 1_000;

/** Everything a product team would do over the API before its customers come. Returns the journey's id. */
export async function setUp(
  { api }: WendClient,
  { outside, customers }: { outside: OutsideWorld; customers: readonly Customer[] },
): Promise<string> {
  await api.connections.create.mutate({
    key: "mail",
    plugin: "email-smtp",
    config: {
      host: "127.0.0.1",
      port: outside.smtpPort,
      secure: "none",
      from: "hello@demo.test",
      fromName: "Wend Demo",
    },
    // SMTP can neither dedupe nor be asked: what becomes of a mail of unknown outcome is the operator's choice.
    onUnknown: "hold",
    concurrency: 10,
  });
  await api.connections.create.mutate({
    key: "crm",
    plugin: "webhook",
    // This endpoint counts a key once for as long as it runs, so a call whose answer was lost may be made again.
    config: { url: outside.httpUrl, keyWindowMs: 3_600_000 },
  });
  const agreed = customers.filter((customer) => customer.consents);
  for (let i = 0; i < agreed.length; i += MOST_CONSENTS) {
    await api.consents.grant.mutate({
      source: "demo sign-up form",
      items: agreed
        .slice(i, i + MOST_CONSENTS)
        .map(({ userId }) => ({ userId, channel: "email", purpose: "promotional", topic: "onboarding" })),
    });
  }
  const journey = await api.journeys.create.mutate({ key: "onboarding", definition: onboarding });
  await api.journeys.publish.mutate({ journey: journey.id });
  return journey.id;
}
