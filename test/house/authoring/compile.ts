import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../../..");

/** An error as the compiler prints it, without its place. */
export interface CompilerError {
  readonly line: number;
  readonly text: string;
}

// A file outside a package may not import like one inside.
const aboutTheFolder = ["1287", "1295", "2877"];

/** Compiles files of authors, by their names, and returns what the real compiler says of one of them. */
export function compile(files: { readonly [name: string]: string }): (name: string) => readonly CompilerError[] {
  // Outside the repository: whatever compiles all of it must not meet these.
  const folder = mkdtempSync(join(tmpdir(), "wend-authoring-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.ts`), text);
    const compilerOptions = { paths: sources(), typeRoots: [join(root, "node_modules/@types")] };
    const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const said = runCompiler(folder).split(/\n(?=\S)/);
    return (name) => said.flatMap((block) => errorOf(block, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the compiler prints about the project of a folder; nothing when all is right. */
export function runCompiler(folder: string): string {
  try {
    return execFileSync(join(root, "node_modules/.bin/tsc"), ["--pretty", "false"], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** Where the packages are that authors import. */
function sources(): { readonly [name: string]: readonly string[] } {
  const plugins = globSync("plugins/*/package.json", { cwd: root }).map((file) => {
    const { name } = JSON.parse(readFileSync(join(root, file), "utf8")) as { name: string };
    return [`${name}/manifest`, [join(root, dirname(file), "src/manifest.ts")]] as const;
  });
  return Object.fromEntries([...plugins, ["@wend/journey", [join(root, "packages/journey/src/index.ts")]]]);
}

function errorOf(block: string, name: string): CompilerError[] {
  const [place, file, line, code] = /^(.+)\.ts\((\d+),\d+\): error TS(\d+): /.exec(block) ?? [];
  if (place === undefined || file !== name || aboutTheFolder.includes(code!)) return [];
  return [{ line: Number(line), text: block.slice(place.length).trimEnd() }];
}
