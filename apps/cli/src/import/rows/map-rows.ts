import type { HistoryItem } from "@wend/core";
import { identifyName, ingestLimits } from "@wend/core";
import type { JsonObject } from "@wend/journey";
import type { ImportMap, TextSource } from "../map.ts";
import type { Row } from "../records/read-records.ts";
import { badRow } from "../records/read-records.ts";
import type { Columns } from "./column.ts";
import { consentSource } from "./consent.ts";
import { toInstant } from "./instant.ts";
import type { Source } from "./source.ts";
import { at, objectSource, textSource } from "./source.ts";

export interface MapSetup {
  readonly map: ImportMap;
  readonly columns: Columns;
  /** Names the import and leads its message ids. */
  readonly importId: string;
  /** Nothing can have happened later. */
  readonly now: number;
}

/** Makes a row an event of the past. Throws `import.bad_row`. */
export type MapRow = (row: Row, line: number) => HistoryItem;

/**
 * Throws `import.missing_column`. Rows must be given in the file's order, all of them even when an import goes on in the middle: what a customer's
 * earlier lines said decides the seconds of a day, and which line is the first to carry traits and consents.
 */
export function createMapper({ map, columns, importId, now }: MapSetup): MapRow {
  const readName = map.event && textSource(map.event, columns, "/event");
  const readIds = idSource(map, columns);
  const readInstant = instantSource(map, columns, now);
  const readProperties = objectSource(map.properties, columns, "/properties");
  const readTraits = objectSource(map.traits, columns, "/traits");
  const readConsents = consentSource(map.consents, columns);
  columns.assertComplete();
  const known = new Map<string, string>();

  return (row, line) => {
    columns.check(row);
    const ids = readIds(row);
    const customer = ids.userId ?? `${ids.anonymousId}\n`;
    const instant = readInstant(row, customer);
    const name = readName ? checkName(readName(row)) : identifyName;
    const properties = readProperties(row);
    const traits = readTraits(row);
    assertSize(properties, traits);
    const consents = readConsents(row, customer);
    // Repeated on every line they would be written on every line.
    const changed = traits && knownBefore(known, customer, JSON.stringify(traits)) ? undefined : traits;
    return {
      kind: readName ? "track" : "identify",
      name,
      ...ids,
      messageId: `${importId}:${line}`,
      receivedAt: instant,
      occurredAt: instant,
      ...(properties && { properties }),
      ...(changed && { traits: changed }),
      ...(consents.length > 0 && { consents }),
    };
  };
}

function knownBefore(known: Map<string, string>, customer: string, traits: string): boolean {
  if (known.get(customer) === traits) return true;
  known.set(customer, traits);
  return false;
}

interface Ids {
  readonly userId?: string;
  readonly anonymousId?: string;
}

function idSource(map: ImportMap, columns: Columns): (row: Row) => Ids {
  const of = (source: TextSource | undefined, field: keyof Ids): Source<string> => {
    const read = source && textSource(source, columns, `/${field}`);
    return (row) => checkLength(read?.(row), ingestLimits.idLength, `/${field}`);
  };
  const readUser = of(map.userId, "userId");
  const readAnonymous = of(map.anonymousId, "anonymousId");
  return (row) => {
    const userId = readUser(row);
    const anonymousId = readAnonymous(row);
    if (userId === undefined && anonymousId === undefined) throw badRow("It names no customer.", "/userId");
    return { ...(userId !== undefined && { userId }), ...(anonymousId !== undefined && { anonymousId }) };
  };
}

const lastSecond = 86_399;

function instantSource({ occurredAt }: ImportMap, columns: Columns, now: number) {
  const { format, ordinalSeconds } = occurredAt;
  const read = columns.column(occurredAt.column);
  const lines = new Map<string, number>();
  const ordinal = (customer: string, instant: number): number => {
    if (!ordinalSeconds) return 0;
    const key = `${instant} ${customer}`;
    const n = (lines.get(key) ?? 0) + 1;
    if (n > lastSecond) throw badRow(`A day has no second for line ${n} of one customer.`);
    lines.set(key, n);
    return n;
  };
  return (row: Row, customer: string): number =>
    at("/occurredAt", () => {
      const value = read(row);
      if (value === undefined) throw badRow("It is missing.");
      const instant = toInstant(value, format);
      const exact = instant + ordinal(customer, instant) * 1_000;
      if (exact > now) throw badRow("It lies in the future.");
      return exact;
    });
}

function checkName(name: string | undefined): string {
  if (name === undefined) throw badRow("It is missing.", "/event");
  if (name.startsWith("$")) throw badRow("Names that start with $ are Wend's own.", "/event");
  return checkLength(name, ingestLimits.eventNameLength, "/event")!;
}

function checkLength(text: string | undefined, most: number, pointer: string): string | undefined {
  if (text !== undefined && text.length > most) throw badRow(`It has more than ${most} characters.`, pointer);
  return text;
}

function assertSize(properties: JsonObject | undefined, traits: JsonObject | undefined): void {
  const size = Buffer.byteLength(JSON.stringify({ properties, traits }));
  if (size > ingestLimits.eventBytes) throw badRow(`It makes an event of more than ${ingestLimits.eventBytes} bytes.`);
}
