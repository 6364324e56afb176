import { glob, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");

// A code where it is thrown, returned or laid down in a table.
const emitted =
  /(?:(?:code(?:: string)?: |[Ee]rror\(|[Pp]roblem\(|refused?\(|usage\()\s*|^ {2}(?=".*": (?:\{|entry\()))"([a-z]+\.[a-z_]+)"/gm;
// And anywhere else: a literal of a group that has codes.
const literal = /"([a-z]+\.[a-z_]+)"/g;
const paths = ["profile.plan", "webhook.outcome"];

test("every code that the sources hold is in the reference", async () => {
  const listed = new Set(
    [...(await read("docs/reference/errors.md")).matchAll(/`([a-z]+\.[a-z_]+)`/g)].map(([, code]) => code!),
  );
  const groups = new Set([...listed].map((code) => code.split(".")[0]!));
  const found = new Set<string>();
  for await (const file of glob("{packages,apps,plugins}/*/src/**/*.ts", { cwd: root })) {
    const source = await read(file);
    for (const [, code] of source.matchAll(emitted)) found.add(code!);
    for (const [, code] of source.matchAll(literal)) if (groups.has(code!.split(".")[0]!)) found.add(code!);
  }
  expect(found.size).toBeGreaterThan(100);
  expect([...found].filter((code) => !listed.has(code) && !paths.includes(code))).toEqual([]);
});
