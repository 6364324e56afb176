import { WendError } from "@wend/plugin";

const mostCharacters = 65_536;

/** The output of a call as JSON that the store can keep; null when there is none. Throws `plugin.bad_output`. */
export function writeOutput(output: unknown): string | null {
  const text = stringify(output);
  if (text.length > mostCharacters)
    throw refused(`\`output\` is kept, and has more than ${mostCharacters} characters.`);
  return text === "null" ? null : text;
}

// JSON can say more than the store can: one such text would fail the record of every delivery beside it.
function stringify(output: unknown): string {
  try {
    const text = JSON.stringify(output, (key, value) => {
      if (!isKeepable(key) || (typeof value === "string" && !isKeepable(value))) throw new Error("not keepable");
      return value;
    });
    return text ?? "null";
  } catch {
    throw refused("`output` is kept, and holds what is no JSON, NUL or a lone surrogate.");
  }
}

const isKeepable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

const refused = (detail: string) => new WendError("plugin.bad_output", { detail });
