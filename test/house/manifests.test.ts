import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folders = globSync("plugins/*/package.json", { cwd: root }).map(dirname).sort();

/** What a plugin's manifest may load beside its own files: data, shared or not; `node:crypto` only computes. */
const allowed = /^(?:packages\/(?:plugin\/src|email\/src\/manifest)\/|node_modules\/\.pnpm\/zod@|node:crypto$)/;

/** The modules that are loaded when plain Node imports an entry of a package, from its own folder. */
async function load(folder: string, entry: string): Promise<string[]> {
  const { name } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { name: string };
  const script = `
    import { registerHooks } from "node:module";
    const urls = new Set();
    registerHooks({ load: (url, context, next) => (urls.add(url), next(url, context)) });
    const { manifest } = await import(${JSON.stringify(`${name}${entry}`)});
    process.stdout.write(JSON.stringify({ id: manifest?.id, urls: [...urls] }));`;
  const flags = ["--conditions=@wend/source", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: join(root, folder) });
  const { urls } = JSON.parse(stdout) as { urls: string[] };
  return urls.map((url) => url.replace(`${pathToFileURL(root)}/`, ""));
}

describe("the manifest of a plugin", () => {
  test.each(folders)("%s loads no SDK and nothing of a server", async (folder) => {
    const loaded = await load(folder, "/manifest");
    expect(loaded).toContain(`${folder}/src/manifest.ts`);
    expect(loaded.filter((url) => !url.startsWith(`${folder}/src/`) && !allowed.test(url))).toEqual([]);
    expect(loaded).not.toContain(`${folder}/src/connect.ts`);
  });

  test("would be caught if it did: a whole plugin loads its SDK", async () => {
    const loaded = await load("plugins/email-smtp", "");
    expect(loaded.filter((url) => !url.startsWith("plugins/email-smtp/src/") && !allowed.test(url))).not.toEqual([]);
    expect(loaded.some((url) => url.includes("/nodemailer/"))).toBe(true);
  });

  test.each(folders)("%s is an entry of its package, by source and as built", (folder) => {
    const { exports } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    expect(exports["./manifest"]).toEqual({
      "@wend/source": "./src/manifest.ts",
      types: "./dist/manifest.d.ts",
      default: "./dist/manifest.js",
    });
  });
});
