import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run as check } from "../../src/commands/plugin-check.ts";
import { run as create } from "../../src/commands/plugin-new.ts";
import { firstSteps } from "../../src/plugin/first-steps.ts";
import { spawnWend } from "../spawn-wend.ts";

const root = resolve(import.meta.dirname, "../../../..");
let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "wend-plugin-new-")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As `npm install` would, from what this repository has. */
function install(place: string): void {
  const links = {
    zod: "packages/plugin/node_modules/zod",
    vitest: "node_modules/vitest",
    typescript: "node_modules/typescript",
    "@types/node": "node_modules/@types/node",
    "@wend/plugin": "packages/plugin",
  };
  for (const [name, path] of Object.entries(links)) {
    const link = join(place, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(root, path)), link);
  }
  // The contract runs from its source here; installed from the registry it needs no such word.
  writeFileSync(
    join(place, "vitest.config.ts"),
    `export default { resolve: { conditions: ["@wend/source"] }, ssr: { resolve: { conditions: ["@wend/source"], externalConditions: ["@wend/source"] } } };`,
  );
}

test("a new plugin passes its own check, and one that is broken is told what it does not pass", async () => {
  const made = spawnWend(["plugin", "new", join(folder, "sms-acme")], {});
  expect(await made.ended, made.output()).toBe(0);
  const place = join(folder, "sms-acme");
  install(place);
  const manifest = join(place, "src/manifest.ts");
  const text = readFileSync(manifest, "utf8");
  expect(text).toContain('id: "sms-acme"');
  expect(readFileSync(join(place, "package.json"), "utf8")).toContain('"name": "wend-plugin-sms-acme"');
  execFileSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "--noEmit", "--customConditions", "@wend/source", "--rootDir", "/"],
    { cwd: place },
  );

  const whole = spawnWend(["plugin", "check", place], {});
  expect(await whole.ended, whole.output()).toBe(0);
  expect(whole.output()).toMatch(/^\d\d passed, 0 failed$/m);

  writeFileSync(manifest, text.replace('version: "0.1.0"', 'version: "one"'));
  const broken = spawnWend(["plugin", "check", place], {});
  expect(await broken.ended).toBe(1);
  expect(broken.output()).toMatch(/^failed {2}sms-acme: the manifest fits the contract$/m);
  expect(broken.output()).toMatch(/^\d\d passed, 1 failed$/m);
}, 180_000);

test("what it tells to do next installs the contract out of the repository, until it is published", () => {
  const { name, version, scripts } = JSON.parse(readFileSync(join(root, "packages/plugin/package.json"), "utf8"));
  const told = firstSteps("/plugins/sms-acme")
    .split("\n")
    .filter((line) => line.startsWith("  "));
  expect(told.map((line) => line.trim())).toEqual([
    `cd ${root}`,
    `npx pnpm@12 --filter ${name} pack`,
    "cd /plugins/sms-acme",
    `npm install --no-save ${root}/wend-plugin-${version}.tgz`,
    "npm test",
  ]);
  // A tarball without dist installs well and holds nothing.
  expect(scripts.prepack).toBe(scripts.build);
  expect(firstSteps("/plugins/sms-acme", folder)).toBe("  cd /plugins/sms-acme\n  npm install\n  npm test");
});

test("its versions are those that this repository is tested with", () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, "apps/cli/templates/plugin/package.json"), "utf8"),
  );
  const workspace = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  for (const [name, version] of [
    ["zod", dependencies.zod],
    ["vitest", devDependencies.vitest],
  ]) {
    expect(workspace).toContain(`  ${name}: ${version}\n`);
  }
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(devDependencies.typescript).toBe(own.devDependencies.typescript);
});

describe("wend plugin new refuses, and writes nothing,", () => {
  test("a folder that has something in it", async () => {
    const full = join(folder, "full");
    mkdirSync(full);
    writeFileSync(join(full, "mine.txt"), "mine");
    await expect(create([full])).rejects.toMatchObject({ code: "cli.folder_not_empty" });
    expect(readdirSync(full)).toEqual(["mine.txt"]);
  });

  test.each([[[]], [["a", "b"]], [["x", "--id", "Bad Id"]], [["Shop_1"]], [["x", "--nothing"]]])(
    "%j",
    async (args: string[]) => {
      const words = args.map((word) => (/^[a-zA-Z_0-9]+$/.test(word) && word !== "Bad" ? join(folder, word) : word));
      await expect(create(words)).rejects.toMatchObject({ code: "cli.usage" });
      for (const word of words) expect(existsSync(word)).toBe(false);
    },
  );
});

describe("wend plugin check refuses", () => {
  test("a folder without vitest", async () => {
    const bare = join(folder, "bare");
    mkdirSync(bare);
    await expect(check([bare])).rejects.toMatchObject({ code: "cli.usage" });
  });

  test("tests that never run the contract's own", async () => {
    const place = join(folder, "own-tests");
    mkdirSync(join(place, "test"), { recursive: true });
    writeFileSync(join(place, "package.json"), '{ "type": "module" }');
    install(place);
    writeFileSync(join(place, "test/a.test.ts"), 'import { test } from "vitest";\ntest("a", () => {});\n');
    await expect(check([place])).rejects.toMatchObject({ code: "cli.no_conformance" });
  }, 60_000);
});
