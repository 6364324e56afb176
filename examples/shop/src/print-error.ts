import { WendClientError } from "@wend/client";

// What only a client can meet has no entry in the table of errors, and so no advice of the server's.
const fixes: Readonly<Record<string, string>> = {
  "client.no_answer": "See that Wend runs, at the address that `start` has printed.",
  "client.bad_answer": "See that the address is Wend's own, as `start` has printed it.",
};

/** Prints an error as its reader needs it: the code, what it means, every problem with its place, and the fix. */
export function printError(error: unknown): void {
  if (!(error instanceof WendClientError)) {
    console.error(error instanceof Error ? error.message : error);
    return;
  }
  console.error(`${error.code}: ${error.message}`);
  for (const { code, pointer, message, fix } of error.problems ?? []) {
    console.error(`  ${pointer || "/"} ${code}: ${message} ${fix}`);
  }
  console.error(`  fix: ${error.fix ?? fixes[error.code] ?? "See docs/reference/errors.md."}`);
}
