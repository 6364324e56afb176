import { z } from "zod";

const name = z.string().min(1).max(200);
/** Of the file; in NDJSON a path such as `order.total`. */
const column = name;

const valueTypes = ["text", "integer", "number", "boolean", "any"] as const;
export type ValueType = (typeof valueTypes)[number];

const constant = z.strictObject({ value: z.json() });
/** `{customer_id}@shop.test`: columns in braces. Without one of them there is no value. */
const template = z.strictObject({ template: z.string().min(1).max(1_000) });

const value = z.union([
  z.strictObject({
    column,
    type: z.enum(valueTypes).default("text"),
    /** A row without it is rejected; otherwise it is left out. */
    required: z.boolean().default(false),
  }),
  constant,
  template,
]);
const text = z.union([z.strictObject({ column }), z.strictObject({ value: name }), template]);

/** `iso` is an instant with its offset; a date alone is its first instant in UTC. */
const dateFormats = ["iso", "yyyymmdd", "unix", "unix-ms"] as const;
export type DateFormat = (typeof dateFormats)[number];

const occurredAt = z.strictObject({
  column,
  format: z.enum(dateFormats),
  /** Adds n seconds to the n-th line of one customer on one date, so that the lines of a day keep their order. */
  ordinalSeconds: z.boolean().default(false),
});

const consent = z.strictObject({
  channel: name,
  purpose: z.enum(["promotional", "transactional", "mandatory"]),
  topic: name.optional(),
  state: z.enum(["granted", "revoked"]).default("granted"),
  /** Only for rows whose column holds one of these. Absent: for every customer of the file. */
  when: z.strictObject({ column, is: z.array(z.string()).min(1) }).optional(),
});

const fields = z.record(name, value).default({});

/** What the columns of a file mean. */
export const importMap = z
  .strictObject({
    format: z.enum(["ndjson", "csv", "whitespace"]),
    /** One ASCII character between the cells of a CSV file. */
    delimiter: z
      .string()
      .regex(/^[\t !#-~]$/, "one ASCII character, not a quote")
      .default(","),
    /** Whether the first line names the columns. */
    header: z.boolean().default(true),
    /** Names of the columns in their order; needed when the file has no header. */
    columns: z.array(name).min(1).optional(),
    /** Name of the event; absent: each row is an identify, which sets traits. */
    event: text.optional(),
    userId: text.optional(),
    anonymousId: text.optional(),
    occurredAt,
    properties: fields,
    traits: fields,
    consents: z.array(consent).default([]),
  })
  .refine(({ userId, anonymousId }) => userId !== undefined || anonymousId !== undefined, {
    path: ["userId"],
    error: "one of userId and anonymousId is needed",
  })
  .refine(({ format, header, columns }) => format === "ndjson" || header || columns !== undefined, {
    path: ["columns"],
    error: "a file without a header needs the names of its columns",
  })
  .refine(({ event, traits }) => event !== undefined || Object.keys(traits).length > 0, {
    path: ["event"],
    error: "a row is an event, or it sets traits",
  });

export type ImportMap = z.output<typeof importMap>;
export type ValueSource = z.output<typeof value>;
export type TextSource = z.output<typeof text>;
export type ConsentRule = z.output<typeof consent>;
