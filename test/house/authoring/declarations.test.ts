import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root, runCompiler } from "./compile.ts";

test("a package of journeys can declare what it exports, by names that its reader can import", () => {
  const folder = mkdtempSync(join(tmpdir(), "wend-declarations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const compilerOptions = { declaration: true, typeRoots: [join(root, "node_modules/@types")] };
  const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: [join(root, "examples/shop/src")] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  expect(runCompiler(folder)).toBe("");
});
