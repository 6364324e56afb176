import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const script = resolve(import.meta.dirname, "../../scripts/test-totals.ts");
const folder = mkdtempSync(join(tmpdir(), "wend-totals-"));
afterAll(() => rmSync(folder, { recursive: true }));

const green = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

test("sums the reports of all runs and succeeds when every test passed", () => {
  expect(totals([green, green])).toEqual({ line: "6 passed, 0 failed", status: 0 });
});

test("names skipped tests only when there are some", () => {
  expect(totals([green, { ...green, numPendingTests: 1, numTodoTests: 1 }])).toEqual({
    line: "6 passed, 0 failed, 2 skipped",
    status: 0,
  });
});

test("fails when a test failed", () => {
  expect(totals([{ ...green, numFailedTests: 1 }, green])).toEqual({ line: "6 passed, 1 failed", status: 1 });
});

test("counts a file that could not be loaded as a failure", () => {
  const testResults = [{ name: "broken.test.ts", status: "failed", assertionResults: [] }];
  expect(totals([{ ...green, testResults }])).toEqual({ line: "3 passed, 1 failed", status: 1 });
});

test("does not count a file twice whose tests failed", () => {
  const testResults = [{ name: "red.test.ts", status: "failed", assertionResults: [{ status: "failed" }] }];
  expect(totals([{ ...green, numFailedTests: 1, testResults }])).toEqual({ line: "3 passed, 1 failed", status: 1 });
});

test("fails when no test ran", () => {
  expect(totals([{ ...green, numPassedTests: 0 }])).toEqual({ line: "0 passed, 0 failed", status: 1 });
});

test("fails when a report was never written", () => {
  const run = spawnSync(process.execPath, [script, join(folder, "absent.json")], { encoding: "utf8" });
  expect(run.stdout).toMatch(/no test report at .*absent\.json[^\n]*\n0 passed, 0 failed\n$/);
  expect(run.status).toBe(1);
});

function totals(reports: readonly object[]): { line: string | undefined; status: number | null } {
  const files = reports.map((report, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify(report));
    return file;
  });
  const { stdout, status } = spawnSync(process.execPath, [script, ...files], { encoding: "utf8" });
  return { line: stdout.trimEnd().split("\n").at(-1), status };
}
