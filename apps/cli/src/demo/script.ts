import type { Customer } from "./customers.ts";
import { customer } from "./customers.ts";

/** One call of the ingest API. */
export interface Item {
  readonly type: "identify" | "track";
  readonly userId: string;
  readonly event?: string;
  readonly properties?: Readonly<Record<string, string | number>>;
  readonly traits?: Readonly<Record<string, string>>;
}

/** What happens at one hour after the sign-ups. */
export interface Act {
  readonly hour: number;
  readonly title: string;
  readonly items: readonly Item[];
}

/** Everything that the customers do, in order of time. */
export function writeScript(count: number): Act[] {
  const customers = Array.from({ length: count }, (_, n) => customer(n));
  const at = (pick: (c: Customer) => number | undefined, toItem: (c: Customer) => Item) =>
    Map.groupBy(
      customers.filter((c) => pick(c) !== undefined),
      (c) => pick(c)!,
    )
      .entries()
      .map(([hour, group]) => ({ hour, items: group.map(toItem) }));
  const track =
    (event: string, properties: Item["properties"] = {}) =>
    (c: Customer): Item => ({
      type: "track",
      userId: c.userId,
      event,
      properties,
    });
  const acts: Act[] = [
    { hour: 0, title: `${count} customers sign up`, items: customers.flatMap(signUp) },
    ...at((c) => c.activatesAt, track("Activated", { feature: "reports" })).map((act) => ({
      ...act,
      title: `${act.items.length} use the product`,
    })),
    ...at((c) => c.closesAt, track("Account Closed")).map((act) => ({
      ...act,
      title: `${act.items.length} close their account`,
    })),
    ...at((c) => c.ordersAt, track("Order Completed", { total: 49.9 })).map((act) => ({
      ...act,
      title: `${act.items.length} place an order`,
    })),
    { hour: 20 * 24, title: "twenty days have passed", items: [] },
  ];
  return acts.sort((a, b) => a.hour - b.hour);
}

const signUp = (c: Customer): Item[] => [
  { type: "identify", userId: c.userId, traits: { email: c.email, firstName: c.firstName, plan: c.plan } },
  { type: "track", userId: c.userId, event: "Signed Up", properties: { seats: c.seats, customerId: c.userId } },
];
