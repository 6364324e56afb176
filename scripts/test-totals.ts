// Sums vitest's JSON reports into the line `N passed, N failed[, N skipped]`. Exits with 1 when a test failed, when
// a report is missing, or when no test ran: silence is not success.
import { existsSync, readFileSync } from "node:fs";

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  if (existsSync(file)) add(JSON.parse(readFileSync(file, "utf8")) as Report);
  else miss(`no test report at ${file}: the run ended before it was written`);
}

const { passed, failed, skipped } = totals;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
if (failed > 0 || passed === 0) process.exitCode = 1;

function add(report: Report): void {
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  totals.skipped += report.numPendingTests + report.numTodoTests;
  for (const { name, status, assertionResults } of report.testResults) {
    // A file that cannot be loaded has no test to count, yet it failed.
    if (status === "failed" && !assertionResults.some((test) => test.status === "failed")) {
      totals.failed += 1;
      console.log(`failed outside any test: ${name}`);
    }
  }
}

function miss(reason: string): void {
  console.log(reason);
  process.exitCode = 1;
}
