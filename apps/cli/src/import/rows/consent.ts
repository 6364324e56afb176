import type { HistoryItem } from "@wend/core";
import type { ConsentRule } from "../map.ts";
import type { Row } from "../records/read-records.ts";
import type { Columns } from "./column.ts";
import { toText } from "./convert.ts";
import { at } from "./source.ts";

type Consents = NonNullable<HistoryItem["consents"]>;

/** What a row says a customer agrees to, as far as the rows before have not said so already. */
export function consentSource(
  rules: readonly ConsentRule[],
  columns: Columns,
): (row: Row, customer: string) => Consents {
  const compiled = rules.map((rule, index) => compile(rule, index, columns));
  /** Customer and subject -> state. */
  const said = new Map<string, string>();
  return (row, customer) => {
    const applying = compiled.filter(({ applies }) => applies(row));
    return applying.flatMap(({ consent, subject }) => {
      const key = `${customer}\n${subject}`;
      if (said.get(key) === consent.state) return [];
      said.set(key, consent.state);
      return [consent];
    });
  };
}

function compile({ when, topic, ...rule }: ConsentRule, index: number, columns: Columns) {
  const read = when && columns.column(when.column);
  return {
    consent: { ...rule, ...(topic !== undefined && { topic }), source: "import" },
    subject: `${rule.channel}\n${rule.purpose}\n${topic ?? "*"}`,
    applies: (row: Row): boolean =>
      at(`/consents/${index}`, () => {
        const value = read?.(row);
        return when === undefined || (value !== undefined && when.is.includes(toText(value)));
      }),
  };
}
