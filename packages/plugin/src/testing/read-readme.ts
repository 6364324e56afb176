import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { ErrorCode } from "../error-table.ts";
import { errorTable } from "../error-table.ts";

/** A plugin's README, as its test compares it with the code. */
export interface Readme {
  readonly text: string;
  /** The code blocks in a language, in order: `ts`, `json`, … */
  code(language: string): readonly string[];
  /** Those of `words` that it does not name in code: `` `word` ``. */
  missing(words: readonly string[]): readonly string[];
  /**
   * Fails unless the tables with the columns `code` and `tried again` say what `errors` does: each error of the provider's
   * stands in one row and has the row's code, and no row names another. An error is what stands in a row's first column as
   * `` `code` `` or as a number of three to five digits. Every row's last column has to fit its code: `never`, `growing
   * pauses`, `up to a week`, `when … says`, `after …`, `as … says`.
   */
  explains(errors: Readonly<Record<string, ErrorCode>>): void;
}

/**
 * Reads a README.
 *
 * @example
 * const readme = readReadme(new URL("../README.md", import.meta.url));
 * test("the README explains every error", () => readme.explains({ 429: "provider.rate_limited" }));
 */
export function readReadme(file: URL): Readme {
  const text = readFileSync(file, "utf8");
  return {
    text,
    code: (language) => [...text.matchAll(fence)].filter(([, named]) => named === language).map(([, , code]) => code!),
    missing: (words) => words.filter((word) => !text.includes(`\`${word}\``)),
    explains: (errors) => assert.deepEqual(faultsOf(rowsOf(text), errors), []),
  };
}

/**
 * What a plugin makes of the HTTP statuses that stand for something else than their kind: of every 5xx but those of an
 * unknown outcome, of every other but those that are rejected. For {@link Readme.explains}.
 *
 * @example
 * readme.explains(statusErrors((status) => findHttpError({ status, headers: new Headers() }, 0)));
 */
export function statusErrors(
  find: (status: number) => { readonly code: ErrorCode } | undefined,
): Readonly<Record<string, ErrorCode>> {
  const errors: Record<string, ErrorCode> = {};
  for (let status = 300; status < 600; status++) {
    const code = find(status)?.code;
    assert.ok(code !== undefined, `${status} is taken for a success`);
    if (code !== (status < 500 ? "provider.rejected" : "provider.unknown_outcome")) errors[status] = code;
  }
  return errors;
}

const fence = /^ *```(\w+)\n([\s\S]*?)^ *```/gm;
const cited = /`([^`]+)`|(?<![\w.,])(\d{3,5})(?![\w.])/g;

interface Row {
  readonly errors: readonly string[];
  readonly code: string;
  readonly again: string;
}

function rowsOf(text: string): Row[] {
  return text.split(/\n(?!\|)/).flatMap((block) => {
    const [header = [], , ...rows] = block
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map(cellsOf);
    const [code, again] = ["code", "tried again"].map((name) => header.indexOf(name)) as [number, number];
    if (code < 0 || again < 0) return [];
    return rows.map((cells) => ({
      errors: [...cells[0]!.matchAll(cited)].map(([, word, number]) => word ?? number!),
      code: /`([\w.]+)`/.exec(cells[code] ?? "")?.[1] ?? "",
      again: cells[again] ?? "",
    }));
  });
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

function faultsOf(rows: readonly Row[], errors: Readonly<Record<string, ErrorCode>>): string[] {
  return [
    ...(rows.length === 0 ? ["no table has the columns `code` and `tried again`"] : []),
    ...rows.flatMap(({ code, again }) =>
      fits(code, again) ? [] : [`${code || "no code"} is not tried again: ${again}`],
    ),
    ...Object.entries(errors).flatMap(([error, code]) => {
      const said = rows.filter((row) => row.errors.includes(error)).map((row) => row.code);
      return said.length === 1 && said[0] === code ? [] : [`${error} is ${code}, and the README says: ${said.join()}`];
    }),
    ...rows.flatMap((row) => row.errors.filter((error) => !Object.hasOwn(errors, error)).map((error) => `no ${error}`)),
  ];
}

const again = {
  never: /^never$/,
  backoff: /^(?:growing pauses|when .+ says|after .+)(?:, .+)?$/,
  ambiguous: /^as .+ says(?:, .+)?$/,
};

function fits(code: string, words: string): boolean {
  if (!Object.hasOwn(errorTable, code)) return false;
  if (code === "provider.unauthorized") return words === "up to a week";
  return again[errorTable[code as ErrorCode].retry].test(words);
}
