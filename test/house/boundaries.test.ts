import { execFile } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folders = globSync("{apps,packages,plugins,examples,examples/plugins}/*/package.json", { cwd: root })
  .map((file) => file.replace("/package.json", ""))
  .concat("bench");

let copy: string;

// What the checker reads, without the sources: manifests and tags.
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "wend-boundaries-"));
  const files = ["package.json", "turbo.json"];
  for (const file of ["pnpm-workspace.yaml", "pnpm-lock.yaml", ...files]) cpSync(join(root, file), join(copy, file));
  for (const folder of folders) for (const file of files) cpSync(join(root, folder, file), join(copy, folder, file));
});

afterAll(() => rmSync(copy, { recursive: true }));

test("the packages as they are keep the boundaries", async () => {
  expect(await boundaries()).toContain("no issues found");
});

test.each([
  ["plugins/webhook", "@wend/core"],
  ["plugins/webhook", "@wend/journey"],
  ["plugins/webhook", "@wend/email-smtp"],
  ["packages/plugin", "@wend/content"],
  ["packages/plugin", "@wend/email"],
  ["packages/email", "@wend/content"],
  ["packages/email", "@wend/email-smtp"],
  ["packages/content", "@wend/journey"],
  ["packages/journey", "@wend/content"],
  ["packages/journey", "@wend/core"],
  ["packages/core", "@wend/webhook"],
  ["packages/core", "@wend/api"],
  ["packages/core", "@wend/email"],
  ["packages/api", "@wend/client"],
  ["packages/client", "@wend/worker"],
  ["apps/worker", "@wend/api-server"],
  ["apps/api", "wend"],
  ["apps/cli", "@wend/bench"],
  ["apps/cli", "wend-example-shop"],
  ["examples/shop", "@wend/bundle"],
  ["examples/plugins/chat", "@wend/core"],
])("%s may not depend on %s", async (folder, dependency) => {
  const file = join(copy, folder, "package.json");
  const before = readFileSync(file, "utf8");
  const manifest = JSON.parse(before) as { name: string; devDependencies?: Record<string, string> };
  manifest.devDependencies = { ...manifest.devDependencies, [dependency]: "workspace:*" };
  writeFileSync(file, JSON.stringify(manifest));
  try {
    const refusal = `Package \`${dependency}\` found without any tag listed in allowlist for \`${manifest.name}\``;
    expect(unwrapped(await boundaries())).toContain(unwrapped(refusal));
  } finally {
    writeFileSync(file, before);
  }
});

test("every package carries a tag that has rules", () => {
  const rules = Object.keys(readJson<{ boundaries: { tags: object } }>("turbo.json").boundaries.tags);
  for (const folder of folders) {
    const { tags } = readJson<{ tags: string[] }>(`${folder}/turbo.json`);
    expect(rules, folder).toEqual(expect.arrayContaining(tags));
    expect(tags, folder).toHaveLength(1);
  }
});

test("the contract and the engine bring nothing but zod", () => {
  const dependencies = (folder: string): string[] =>
    Object.keys(readJson<{ dependencies: object }>(`${folder}/package.json`).dependencies);
  expect(dependencies("packages/plugin")).toEqual(["zod"]);
  expect(dependencies("packages/journey")).toEqual(["@wend/plugin", "zod"]);
});

// Comments are allowed in turbo.json, and stand on lines of their own.
function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(copy, file), "utf8").replaceAll(/^\s*\/\/.*$/gm, "")) as T;
}

// The checker breaks its lines anywhere, also inside a name.
function unwrapped(text: string): string {
  return text.replaceAll(/\n\s*\|/g, "").replaceAll(/\s/g, "");
}

function boundaries(): Promise<string> {
  const turbo = join(root, "node_modules/.bin/turbo");
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
  return new Promise((done) => {
    execFile(turbo, ["boundaries", "--skip-infer", "--no-color"], { cwd: copy, env }, (_error, stdout, stderr) => {
      done(stdout + stderr);
    });
  });
}
