import { readFile } from "node:fs/promises";

const documented = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(\w+): (?:procedure\(|anyKey\b)/g;

/** The doc comment of each procedure of a router's file, by the procedure's name. */
export async function readDocComments(file: URL): Promise<ReadonlyMap<string, string>> {
  const source = await readFile(file, "utf8");
  return new Map([...source.matchAll(documented)].map(([, comment, name]) => [name!, unwrap(comment!)]));
}

function unwrap(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .join(" ")
    .trim();
}
