import { execFile } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findPnpm } from "./find-pnpm.ts";

const root = resolve(import.meta.dirname, "../..");
const contract = "packages/plugin";
const example = "examples/plugins/chat";
// Of others nothing is packed and nothing is downloaded: they are the ones that this repository has installed.
const linked = { zod: `${contract}/node_modules/zod`, vitest: "node_modules/vitest" };

const pnpm = findPnpm(process.env);
if (pnpm === undefined) process.stderr.write("a plugin outside of the repository not tested: no pnpm found\n");

const readme = readFileSync(join(root, example, "README.md"), "utf8");
const [, commands] = /```sh\n(.+?)```/s.exec(readme)!;
const { scripts } = JSON.parse(readFileSync(join(root, example, "package.json"), "utf8"));

let folder: string;
let place: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "wend-out-of-tree-")));
  place = join(folder, "place");
  mkdirSync(place);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(pnpm === undefined)(
  "a plugin outside of the repository passes its own tests against the packed contract, as its README says",
  async () => {
    const house = copyOfTheHouse();
    // To pack the contract is to build it: authors are told to do no more.
    await runPnpm(join(house, contract), "pack", "--pack-destination", place);
    await command(["tsc", "-p", "tsconfig.json"], join(house, example));
    await runPnpm(join(house, example), "pack", "--pack-destination", place);
    furnish();
    const said = await command(["sh", "-euc", `pnpm() { ${quoted(pnpm!)} "$@"; }\n${commands}`], place);
    const ours = ["@wend/plugin", "wend-plugin-chat"].map((name) => realpathSync(join(place, "node_modules", name)));
    expect(ours.filter((installed) => !installed.startsWith(place))).toEqual([]);
    const { length: files } = globSync("test/*.test.ts", { cwd: place });
    expect(Number(/Test Files +(\d+) passed \(\d+\)/.exec(said)?.[1]), said).toBe(files);
  },
  120_000,
);

// Built and packed in a copy, so that nothing in the repository ever runs from a `dist`.
function copyOfTheHouse(): string {
  const house = join(folder, "house");
  const shared = ["package.json", "pnpm-workspace.yaml", "tsconfig.base.json", "tsconfig.build.json", "LICENSE"];
  const files = [contract, example].flatMap((path) =>
    globSync(
      ["src", "package.json", "README.md", "tsconfig*.json"].map((name) => `${path}/${name}`),
      { cwd: root },
    ),
  );
  for (const file of [...shared, ...files]) cpSync(join(root, file), join(house, file), { recursive: true });
  link(join(root, "node_modules/@types"), join(house, "node_modules/@types"));
  for (const path of [contract, example]) link(join(root, linked.zod), join(house, path, "node_modules/zod"));
  link(join(house, contract), join(house, example, "node_modules/@wend/plugin"));
  return house;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(target), path);
}

/** An empty folder with the example's tests, and what they need: both tarballs. */
function furnish(): void {
  // The sources only for the test that holds the README to them; the plugin that is tried is the packed one.
  for (const name of ["src", "test", "README.md"])
    cpSync(join(root, example, name), join(place, name), { recursive: true });
  const [plugin, chat] = globSync("wend-plugin-{,chat-}[0-9]*.tgz", { cwd: place }).sort();
  const overrides = Object.entries(linked).map(([name, path]) => `  ${name}: link:${realpathSync(join(root, path))}\n`);
  const dependencies = { "@wend/plugin": `file:${plugin}`, "wend-plugin-chat": `file:${chat}`, vitest: "*", zod: "*" };
  writeFileSync(join(place, "package.json"), JSON.stringify({ name: "place", type: "module", scripts, dependencies }));
  writeFileSync(join(place, "pnpm-workspace.yaml"), `offline: true\noverrides:\n${overrides.join("")}`);
}

const bin = join(root, "node_modules/.bin");
const runPnpm = (cwd: string, ...args: string[]) => command([...pnpm!, ...args], cwd);
const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");

async function command([file, ...args]: readonly string[], cwd: string): Promise<string> {
  // A test runner inside a test runner: what the outer one has set is not the inner one's.
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|NODE_ENV|TEST$|npm_)/.test(name));
  const PATH = `${bin}${delimiter}${process.env.PATH}`;
  const env = { ...Object.fromEntries(own), PATH, CI: "true", NO_COLOR: "1" };
  const ended = promisify(execFile)(file!, args, { cwd, env, maxBuffer: 2 ** 26 });
  const { stdout } = await ended.catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${[file, ...args].join(" ")}\n${error.stdout}${error.stderr}`);
  });
  return stdout;
}
