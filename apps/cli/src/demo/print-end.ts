import type { WendClient } from "@wend/client";
import type { Customer } from "./customers.ts";
import type { Figures } from "./figures.ts";
import type { Reckoning } from "./reckoning.ts";

export interface End extends Reckoning {
  readonly client: WendClient;
  readonly url: string;
  readonly key: string;
  /** Id of the journey. */
  readonly journey: string;
  readonly customers: readonly Customer[];
  readonly figures: Figures;
  readonly seconds: number;
}

/** Prints where to look and the one line of figures; true when everything adds up. */
export async function printEnd(end: End): Promise<boolean> {
  const { figures, lost, surplus } = end;
  const { counts } = await end.client.api.journeys.get.query({ journey: end.journey });
  console.log("\nhow the runs ended");
  for (const [ending, count] of Object.entries(figures.endings))
    console.log(`  ${String(count).padStart(5)}  ${ending}`);
  for (const { userId } of telling(end.customers)) await printTimeline(end.client, userId);
  const failed = sum(figures, "failed");
  const unknown = sum(figures, "unknown");
  const adds =
    lost === 0 &&
    surplus === 0 &&
    failed === 0 &&
    unknown === 0 &&
    figures.failed === 0 &&
    counts.entered === figures.runs &&
    counts.entered === counts.active + counts.ended &&
    figures.active === 0;
  if (surplus > 0) console.log(`the outside world received ${surplus} more than it should have`);
  console.log(
    `\ndemo: profiles=${figures.profiles} runs=${figures.runs} steps=${figures.steps} deliveries=${delivered(figures)} ` +
      `failed=${failed} unknown=${unknown} lost=${lost} seconds=${end.seconds.toFixed(1)}`,
  );
  return adds;
}

const sum = ({ deliveries }: Figures, state: string): number =>
  deliveries.filter((row) => row.state === state).reduce((total, row) => total + row.count, 0);

const delivered = (figures: Figures): number => sum(figures, "accepted") + sum(figures, "delivered");

// Who was not written to, and who went the whole way.
const telling = (customers: readonly Customer[]): Customer[] =>
  [
    customers.find((customer) => !customer.consents),
    customers.find((customer) => customer.activatesAt !== undefined && customer.ordersAt !== undefined),
  ].filter((customer) => customer !== undefined);

// The answer to "why": one customer's way, with the reasons.
async function printTimeline(client: WendClient, userId: string): Promise<void> {
  const { items } = await client.api.profiles.timeline.query({ userId, limit: 50 });
  console.log(`\n${userId}, by profiles.timeline`);
  for (const { at, says } of items.toReversed())
    console.log(`  ${new Date(at).toISOString().slice(0, 16).replace("T", " ")}  ${says}`);
}
