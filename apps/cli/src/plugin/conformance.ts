import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { WendError } from "@wend/plugin";
import { z } from "zod";

export interface ConformanceReport {
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly why: string }[];
}

// What vitest's own JSON reporter writes, as far as it is read here.
const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** The first of the contract's own tests: without it nothing was held to the contract. */
const contractTest = /: the manifest fits the contract$/;

/** Runs the tests of a folder by the vitest that it has. Throws `cli.usage` without one, `cli.no_conformance`. */
export async function runConformance(folder: string): Promise<ConformanceReport> {
  const place = await mkdtemp(join(tmpdir(), "wend-plugin-check-"));
  try {
    const file = join(place, "report.json");
    const said = await runVitest(folder, ["run", "--reporter=json", `--outputFile=${file}`]);
    return read(report.parse(JSON.parse(await readFile(file, "utf8").catch(() => refuse(said)))));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function refuse(said: string): never {
  throw new WendError("cli.usage", { detail: `Its tests do not start.\n${said.trim()}` });
}

async function runVitest(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [findVitest(folder), ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
  await once(child, "close");
  return said;
}

// Where Node would look from there, and nowhere else: NODE_PATH may lead to whatever started this command.
function findVitest(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const found = join(at, "node_modules/vitest/vitest.mjs");
    if (existsSync(found)) return found;
    if (dirname(at) === at) throw new WendError("cli.usage", { detail: `${folder} has no vitest installed.` });
  }
}

function read({ testResults }: z.infer<typeof report>): ConformanceReport {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  // A file that does not load has a message and no tests.
  const broken = testResults
    .filter(({ message, assertionResults }) => message && assertionResults.length === 0)
    .map(({ name, message }) => ({ name, why: firstLine(message!) }));
  if (broken.length === 0 && !tests.some(({ fullName }) => contractTest.test(fullName.trim()))) {
    throw new WendError("cli.no_conformance");
  }
  const failed = tests.filter(({ status }) => status === "failed");
  const whys = failed.map(({ fullName, failureMessages }) => ({
    name: fullName.trim(),
    why: firstLine(failureMessages?.[0] ?? ""),
  }));
  return { passed: tests.filter(({ status }) => status === "passed").length, failed: [...broken, ...whys] };
}

const firstLine = (text: string): string => text.split("\n")[0]!;
