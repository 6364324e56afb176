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

/** Relative links to a heading, as the file they lead to and the heading's anchor. */
function anchorsOf(text: string, file: string): { target: string; anchor: string }[] {
  return [...text.matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g)].map(([, path, anchor]) => ({
    target: path === "" ? file : join(dirname(file), path!),
    anchor: anchor!,
  }));
}

/** The anchors that GitHub makes of a page's headings. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("documents", () => {
  test("are found", () => {
    expect(files).toContain("README.md");
    expect(files).toContain(join("packages", "core", "ARCHITECTURE.md"));
  });

  test.each(files)("%s links to nothing that is missing", async (file) => {
    const text = await readFile(join(root, file), "utf8");
    expect(linksOf(text).filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  });

  test.each(files)("%s links to headings that there are", async (file) => {
    for (const { target, anchor } of anchorsOf(await readFile(join(root, file), "utf8"), file)) {
      expect(headingsOf(await readFile(join(root, target), "utf8")), target).toContain(anchor);
    }
  });
});
