import type { Json, JsonObject } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { TextSource, ValueSource } from "../map.ts";
import type { Row } from "../records/read-records.ts";
import { badRow } from "../records/read-records.ts";
import type { Columns } from "./column.ts";
import { convert, toText } from "./convert.ts";

/** Reads one field of the event; undefined when the row has no value for it. */
export type Source<T extends Json = Json> = (row: Row) => T | undefined;

/** A field that is text, whatever column it comes from. */
export function textSource(source: TextSource, columns: Columns, pointer: string): Source<string> {
  if ("value" in source) return () => source.value;
  if ("template" in source) return templateSource(source.template, columns);
  const read = columns.column(source.column);
  return (row) => at(pointer, () => map(read(row), toText));
}

function valueSource(source: ValueSource, columns: Columns, pointer: string): Source {
  if ("value" in source) return () => source.value as Json;
  if ("template" in source) return templateSource(source.template, columns);
  const { type, required } = source;
  const read = columns.column(source.column);
  return (row) =>
    at(pointer, () => {
      const value = read(row);
      if (value === undefined && required) throw badRow("It is missing.");
      return map(value, (present) => convert(present, type));
    });
}

/** An object of fields; undefined when the row has none of them. */
export function objectSource(
  fields: Readonly<Record<string, ValueSource>>,
  columns: Columns,
  pointer: string,
): Source<JsonObject> {
  const sources = Object.entries(fields).map(
    ([key, source]) => [key, valueSource(source, columns, `${pointer}/${key}`)] as const,
  );
  return (row) => {
    let object: Record<string, Json> | undefined;
    for (const [key, read] of sources) {
      const value = read(row);
      if (value === undefined) continue;
      object ??= {};
      object[key] = value;
    }
    return object;
  };
}

const placeholder = /\{([^{}]+)\}/g;

// Without one of its columns a text would be wrong rather than short.
function templateSource(template: string, columns: Columns): Source<string> {
  const reads = new Map([...template.matchAll(placeholder)].map(([, name]) => [name!, columns.column(name!)]));
  return (row) => {
    let complete = true;
    const text = template.replace(placeholder, (_, name: string) => {
      const value = reads.get(name)!(row);
      if (value === undefined || typeof value === "object") complete = false;
      return String(value);
    });
    return complete ? text : undefined;
  };
}

const map = <T extends Json>(value: Json | undefined, to: (value: Json) => T): T | undefined =>
  value === undefined ? undefined : to(value);

/** Runs `work`; what it finds wrong with the row is about the field at `pointer`. */
export function at<T>(pointer: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WendError) || error.pointer) throw error;
    throw new WendError(error.code, { pointer, ...(error.detail !== undefined && { detail: error.detail }) });
  }
}
