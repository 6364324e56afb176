import { existsSync } from "node:fs";
import { glob, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../../..");

const files: string[] = [];
for await (const file of glob("**/*.md", { cwd: root, exclude: (name) => /node_modules|^\.|dist/.test(name) }))
  files.push(file);

/** Relative targets of Markdown links, without their fragment. */
function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!.split("#")[0]!)
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

describe("documents", () => {
  test("are found", () => {
    expect(files).toContain("README.md");
    expect(files).toContain(join("packages", "core", "ARCHITECTURE.md"));
  });

  test.each(files)("%s links to nothing that is missing", async (file) => {
    const text = await readFile(join(root, file), "utf8");
    expect(linksOf(text).filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  });
});
