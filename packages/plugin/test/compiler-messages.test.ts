import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// Compiles each mistake with the real compiler and reads the last line it says about it.
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const start = `import { definePlugin } from "@wend/plugin";
import { manifest } from "${join(here, "sample.ts")}";
const open = async () => ({ output: { number: 1 } });
const close = async () => ({ output: {} });
const lookup = async () => ({ outcome: "absent" }) as const;
`;
const mistakes = {
  missing: "definePlugin(manifest, async () => ({ actions: { open }, lookup }));",
  unknown: "definePlugin(manifest, async () => ({ actions: { open, close, opne: open }, lookup }));",
  lookup: "definePlugin(manifest, async () => ({ actions: { open, close } }));",
  input:
    "definePlugin(manifest, async () => ({ actions: { open: async ({ input }) => ({ output: { number: input.sbject } }), close }, lookup }));",
};

let folder: string;
let said: string;

beforeAll(() => {
  // Outside the repository: whatever compiles all of it must not meet these.
  folder = mkdtempSync(join(tmpdir(), "wend-compiler-messages-"));
  for (const [name, code] of Object.entries(mistakes)) writeFileSync(join(folder, `${name}.ts`), start + code);
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      paths: { "@wend/plugin": [join(root, "packages/plugin/src/index.ts")] },
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], { encoding: "utf8" });
    said = "";
  } catch (error) {
    said = (error as { stdout: string }).stdout;
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lastLineAbout(name: string): string {
  const blocks = said.split(/\n(?=\S)/).filter((block) => block.includes(`${name}.ts(`));
  return blocks.at(-1)?.trimEnd().split("\n").at(-1) ?? "";
}

test.each([
  ["missing", '"The action close has no handler"'],
  ["unknown", '"The manifest declares no action opne"'],
  ["lookup", '"An action declares dedupe by lookup: the connection needs lookup()"'],
  ["input", "Did you mean 'subject'?"],
])("the compiler ends its answer to the mistake %j with %s", (name, words) => {
  expect(lastLineAbout(name)).toContain(words);
});
