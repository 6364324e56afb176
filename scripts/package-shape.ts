// Packs every publishable package as a release would, and looks at the tarball as a stranger would: its metadata
// (publint), its types (attw), and whether plain Node can import each of its entries in an empty folder.
import { execFile } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { promisify } from "node:util";

interface Package {
  readonly folder: string;
  readonly name: string;
  readonly tarball: string;
  readonly entries: readonly string[];
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const run = promisify(execFile);
const place = mkdtempSync(join(tmpdir(), "wend-shape-"));
try {
  const packages = findPackages();
  await pack(packages);
  await Promise.all(packages.map(unpack));
  let problems = 0;
  for (const pkg of packages) {
    for (const problem of await inspect(pkg)) {
      problems += 1;
      console.error(`${pkg.name}: ${problem}`);
    }
  }
  console.log(`${packages.length} packages packed, ${problems} problems`);
  process.exitCode = problems === 0 ? 0 : 1;
} finally {
  rmSync(place, { recursive: true });
}

function findPackages(): Package[] {
  return globSync("{packages,plugins}/*/package.json")
    .sort()
    .map((file) => ({ folder: dirname(file), manifest: JSON.parse(readFileSync(file, "utf8")) as Manifest }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder, manifest }) => ({
      folder,
      name: manifest.name,
      tarball: join(place, `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`),
      entries: Object.keys(manifest.exports).filter((entry) => !entry.endsWith(".json")),
      dependencies: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
    }));
}

async function pack(packages: readonly Package[]): Promise<void> {
  const filters = packages.map(({ folder }) => `--filter=./${folder}`);
  await run("pnpm", ["--recursive", ...filters, "pack", "--pack-destination", place]);
}

// Our own packages come from their tarballs; what they need from others is linked, so that nothing is downloaded.
async function unpack({ folder, name, tarball, dependencies }: Package): Promise<void> {
  const target = join(place, "node_modules", name);
  mkdirSync(target, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"]);
  for (const dependency of dependencies) {
    if (dependency.startsWith("@wend/")) continue;
    const link = join(target, "node_modules", dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(folder, "node_modules", dependency)), link);
  }
}

async function inspect({ name, tarball, entries }: Package): Promise<string[]> {
  const checks = [
    missingFiles(tarball),
    complaint("publint", ["run", tarball, "--strict"]),
    complaint("attw", [tarball, "--profile", "esm-only", "--no-emoji"]),
    ...entries.map((entry) => complaint(process.execPath, importing(posix.join(name, entry)))),
  ];
  return (await Promise.all(checks)).flat();
}

async function missingFiles(tarball: string): Promise<string[]> {
  const { stdout } = await run("tar", ["-tzf", tarball]);
  const files = new Set(stdout.split("\n"));
  return ["LICENSE", "README.md"]
    .filter((file) => !files.has(`package/${file}`))
    .map((file) => `the tarball has no ${file}`);
}

function importing(specifier: string): string[] {
  return ["--input-type=module", "--eval", `await import(${JSON.stringify(specifier)}); process.exit(0);`];
}

// What a command that failed had to say; nothing when it went well.
async function complaint(file: string, args: string[]): Promise<string[]> {
  try {
    await run(file, args, { cwd: place });
    return [];
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return [`${[file, ...args].join(" ")}\n${stdout}${stderr}`.trimEnd()];
  }
}
