import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/plugins.md"), "utf8");
const files = [...page.matchAll(/^```\w+ (\S+)\n(.*?)^```/gms)].map(([, name, text]) => ({ name: name!, text: text! }));

let folder: string;

// An empty folder with the files of the page, and beside them what `pnpm install` would bring.
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "wend-plugin-guide-")));
  for (const { name, text } of files) write(name, text);
  const installed = {
    "@wend/plugin": "packages/plugin",
    zod: "packages/plugin/node_modules/zod",
    vitest: "node_modules/vitest",
    "@types/node": "node_modules/@types/node",
  };
  for (const [name, path] of Object.entries(installed)) {
    mkdirSync(join(folder, "node_modules", dirname(name)), { recursive: true });
    symlinkSync(realpathSync(join(root, path)), join(folder, "node_modules", name));
  }
  // The contract runs from its source here; a reader has it built.
  write("vitest.config.ts", 'export default { ssr: { resolve: { conditions: ["@wend/source"] } } };\n');
  const compilerOptions = {
    customConditions: ["@wend/source"],
    noEmit: true,
    rootDir: "/",
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
  };
  write("tsconfig.all.json", JSON.stringify({ extends: "./tsconfig.json", compilerOptions, include: ["src", "test"] }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

test("docs/plugins.md shows no code that is not a file of its plugin", () => {
  expect(page.match(/^```\w/gm)).toHaveLength(files.length);
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
});

test("the plugin of docs/plugins.md compiles", async () => {
  const [tsc, config] = [join(root, "node_modules/.bin/tsc"), join(folder, "tsconfig.all.json")];
  expect(await run(tsc, "-p", config)).toBe("");
});

test("the plugin of docs/plugins.md passes its tests", async () => {
  const vitest = join(folder, "node_modules/vitest/vitest.mjs");
  const said = await run(process.execPath, vitest, "run", "--reporter=json", "--outputFile=report.json");
  const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
  expect(report, said).toMatchObject({ success: true, numFailedTests: 0 });
  expect(report.numPassedTests).toBeGreaterThan(30);
}, 60_000);

/** What a command has printed, whether it went well or not. */
async function run(file: string, ...args: string[]): Promise<string> {
  // A test runner inside a test runner: what the outer one has set is not the inner one's.
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|NODE_ENV|TEST$)/.test(name));
  const env = { ...Object.fromEntries(own), NO_COLOR: "1" };
  const ended = promisify(execFile)(file, args, { cwd: folder, env });
  const { stdout, stderr } = await ended.catch((error: { stdout: string; stderr: string }) => error);
  return stdout + stderr;
}
