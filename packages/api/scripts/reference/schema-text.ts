/** The part of JSON Schema that the API's schemas use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A schema as a reader of types knows it, with its limits and its words beside each field. */
export function schemaText(schema: Schema, indent = ""): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => schemaText(choice, indent)).join(" | ");
  if (schema.items) return listText(schemaText(schema.items, indent));
  if (schema.properties) return objectText(schema, indent);
  if (typeof schema.additionalProperties === "object") {
    return `{ [name: string]: ${schemaText(schema.additionalProperties, indent)} }`;
  }
  return scalarText(schema);
}

const listText = (item: string): string =>
  item.includes(" | ") && !item.startsWith("{") ? `(${item})[]` : `${item}[]`;

function scalarText({ type, format }: Schema): string {
  if (format === "date-time") return "instant";
  if (format) return format;
  return typeof type === "string" ? type : (type?.join(" | ") ?? "json");
}

function objectText({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, field]) => {
    const optional = required.includes(name) && field.default === undefined ? "" : "?";
    const words = [field.description, limitWords(field)].filter(Boolean).join("; ");
    return `${inner}${name}${optional}: ${schemaText(field, inner)}${words && `  // ${words}`}`;
  });
  return fields.length === 0 ? "{}" : `{\n${fields.join("\n")}\n${indent}}`;
}

function limitWords(schema: Schema): string {
  const range = [schema.minimum, schema.maximum].every((bound) => bound !== undefined && Math.abs(bound) < 2 ** 53 - 1)
    ? `${schema.minimum} to ${schema.maximum}`
    : undefined;
  const length = schema.maxLength === undefined ? undefined : `at most ${schema.maxLength} characters`;
  const items = schema.maxItems === undefined ? undefined : `${schema.minItems ?? 0} to ${schema.maxItems} items`;
  const fallback = schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`;
  return [range, length, items, fallback].filter(Boolean).join("; ");
}
