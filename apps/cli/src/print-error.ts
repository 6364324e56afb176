import { WendError } from "@wend/plugin";

/** Prints an error as its reader needs it: the code, what is wrong, every problem with its place, and how to fix it. */
export function printError(error: unknown): void {
  if (!(error instanceof WendError)) {
    console.error(error);
    return;
  }
  console.error(`${error.code}: ${error.message}`);
  for (const problem of error.problems ?? []) {
    console.error(
      `  ${problem.pointer || "/"} ${problem.code}: ${problem.message}${problem.fix ? ` ${problem.fix}` : ""}`,
    );
  }
  console.error(`  fix: ${error.fix}`);
}
