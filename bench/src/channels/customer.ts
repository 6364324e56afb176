/** Whom a delivery is for, and what it is about. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** In E.164. */
  readonly phone: string;
  readonly order: string;
}

/** The same customer in every process; the stand-ins know it again by its id, its address or its number. */
export const customerOf = (n: number): Customer => ({
  id: `customer-${n}`,
  name: `Ada ${n}`,
  email: `customer-${n}@shop.example`,
  phone: `+49151${String(n).padStart(8, "0")}`,
  order: `W-${n}`,
});

/** The customer of a journey's templates: in the place of each value the template that gives it. */
export const templateCustomer: Customer = {
  id: "{{ event.properties.id }}",
  name: "{{ profile.name }}",
  email: "{{ profile.email }}",
  phone: "{{ profile.phone }}",
  order: "{{ event.properties.order }}",
};
