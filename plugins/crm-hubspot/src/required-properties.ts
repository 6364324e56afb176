import type { Config } from "./config.ts";
import { DELIVERY_KEY } from "./create-once.ts";
import { COMPANY_KEY } from "./upsert-company.ts";

/** A property that the plugin writes and that HubSpot does not have by itself. */
export interface RequiredProperty {
  readonly object: "contacts" | "companies" | "tasks" | "notes";
  readonly name: string;
  readonly label: string;
  readonly type: "string" | "datetime";
  readonly groupName: string;
  readonly isUnique: boolean;
  /** What cannot be done without it. */
  readonly neededBy: string;
}

const text = { type: "string", isUnique: false } as const;
const key = { type: "string", isUnique: true } as const;
const enrol = { object: "contacts", groupName: "contactinformation", neededBy: "enrol" } as const;

const always: readonly RequiredProperty[] = [
  { ...enrol, ...text, name: "wend_journey", label: "Wend journey" },
  { ...enrol, ...text, name: "wend_step", label: "Wend step" },
  { ...enrol, ...text, name: "wend_next_touch_at", label: "Wend next touch", type: "datetime" },
  {
    ...key,
    object: "companies",
    groupName: "companyinformation",
    name: COMPANY_KEY,
    label: "Wend domain",
    neededBy: "upsertCompany",
  },
  {
    ...key,
    object: "tasks",
    groupName: "task",
    name: DELIVERY_KEY,
    label: "Wend delivery key",
    neededBy: "createTask",
  },
  {
    ...key,
    object: "notes",
    groupName: "engagement",
    name: DELIVERY_KEY,
    label: "Wend delivery key",
    neededBy: "dealNote",
  },
];

/** A property that the operator has named, and that is only read. */
export interface NamedProperty {
  readonly object: "contacts" | "deals";
  readonly name: string;
  /** The field of the connection's config that names it. */
  readonly pointer: string;
}

/** HubSpot says nothing of an unknown property that it is asked for: it would simply never change. */
export function namedProperties({ userIdProperty, contactProperties, dealProperties }: Config): NamedProperty[] {
  return [
    ...(userIdProperty === undefined
      ? []
      : [{ object: "contacts" as const, name: userIdProperty, pointer: "/userIdProperty" }]),
    ...contactProperties.map((name, index) => {
      return { object: "contacts" as const, name, pointer: `/contactProperties/${index}` };
    }),
    ...dealProperties.map((name, index) => {
      return { object: "deals" as const, name, pointer: `/dealProperties/${index}` };
    }),
  ];
}

/** What a connection needs; `email` is there and unique by itself. */
export function requiredProperties({ contactKey }: Config): readonly RequiredProperty[] {
  if (contactKey === "email") return always;
  const neededBy = "upsertContact";
  return [{ ...enrol, ...key, name: contactKey, label: "Wend profile id", neededBy }, ...always];
}
