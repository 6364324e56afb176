/** What one customer of the demo is and does, all of it following from the number. */
export interface Customer {
  readonly userId: string;
  readonly email: string;
  readonly firstName: string;
  readonly plan: "pro" | "free";
  readonly seats: number;
  readonly consents: boolean;
  /** Hours after the sign-up; undefined: never. */
  readonly activatesAt: number | undefined;
  readonly ordersAt: number | undefined;
  readonly closesAt: number | undefined;
}

const names = ["Ada", "Björn", "Chloé", "Dmitri", "Emre", "Fatima", "Gözde", "Hana", "Ivan", "Júlia"];

export function customer(n: number): Customer {
  return {
    userId: `customer-${n}`,
    email: `customer-${n}@demo.test`,
    firstName: names[n % names.length]!,
    plan: n % 4 === 0 ? "pro" : "free",
    seats: 1 + (n % 7),
    consents: n % 10 !== 9,
    activatesAt: n % 2 === 0 ? 20 : undefined,
    ordersAt: n % 5 === 1 ? 48 : n % 5 === 2 ? 200 : undefined,
    closesAt: n % 50 === 13 ? 30 : undefined,
  };
}

/** What the outside world must have seen of a customer when all is over, told without asking Wend. */
export interface Expected {
  readonly mails: readonly string[];
  readonly webhooks: number;
}

const WAIT_HOURS = 72;

export function expected(c: Customer): Expected {
  const left = Math.min(c.ordersAt ?? Number.POSITIVE_INFINITY, c.closesAt ?? Number.POSITIVE_INFINITY);
  const activates = c.activatesAt !== undefined && c.activatesAt < left;
  const reminded = !activates && left > WAIT_HOURS;
  const welcome = c.plan === "pro" ? `Welcome to the pro plan, ${c.firstName}` : `Welcome, ${c.firstName}`;
  const mails = reminded ? [welcome, "Shall we help you start?"] : [welcome];
  return { mails: c.consents ? mails : [], webhooks: activates ? 1 : 0 };
}
