import { oddTexts } from "./odd-texts.ts";

const nonsense = ["", " ", "{", "[]", "{}", "null", "0", '"text"', "[null]", '[{"a":[]}]', "\u0000", "%", "a=b&a=c"];
const wrongValues = [null, 7, "", "text", [], {}, ...oddTexts];

/**
 * Bodies that no provider writes: nonsense, and one that it writes with each of its fields left out, of another kind, or
 * holding what cannot be stored. A provider does not send them today; its next version may, and its customers do.
 */
export function malformedBodies(body: string): string[] {
  const document = parsed(body);
  if (document !== undefined) return [...nonsense, ...mutationsOf(document).map((value) => JSON.stringify(value))];
  return [...nonsense, ...(isForm.test(body) ? formsOf(body) : mailsOf(body))];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function mutationsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => mutationsOf(item).map((mutation) => value.with(index, mutation)));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([field, held]) => {
    const { [field]: _, ...rest } = value as Record<string, unknown>;
    return [rest, ...[...wrongValues, ...mutationsOf(held)].map((wrong) => ({ ...value, [field]: wrong }))];
  });
}

const isForm = /^[\w.~%+-]+=[^\s]*$/;

function formsOf(body: string): string[] {
  const fields = [...new URLSearchParams(body)];
  return fields.flatMap(([name], index) => [
    String(new URLSearchParams(fields.toSpliced(index, 1))),
    ...["", ...oddTexts].map((odd) => String(new URLSearchParams(fields.with(index, [name, odd])))),
  ]);
}

// A mail, and whatever else has a field a line: the value alone, and behind what stood there.
function mailsOf(body: string): string[] {
  const lines = body.split("\n");
  return lines.flatMap((line, index) => {
    const [, name = "", value = ""] = /^([\w-]+: ?)([^\r]+)\r?$/.exec(line) ?? [];
    if (name === "") return [];
    return ["", ...oddTexts, ...oddTexts.map((odd) => value + odd)].map((wrong) =>
      lines.with(index, `${name}${wrong}\r`).join("\n"),
    );
  });
}
