import { execFile } from "node:child_process";
import { chmod, chown, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { WendError } from "@wend/plugin";
import type { Account } from "./account.ts";
import { as } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { ownFolder } from "./folders.ts";
import { keepSecret } from "./secret.ts";

const run = promisify(execFile);

/** A folder initialised for the server, and the password of its two logins. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

/** Initialises the folder on first use. It gets its name only when complete: a kill in between leaves nothing half made. */
export async function prepareCluster(root: string, binaries: Binaries, account: Account | undefined): Promise<Cluster> {
  const folder = join(root, "postgres");
  // Any user of the machine can reach a port of loopback, so there is a password.
  const password = (await keepSecret(join(root, "password"), 24)).toString("hex");
  if (await exists(join(folder, "PG_VERSION"))) return { folder, password };
  const aside = join(root, "postgres.new");
  await rm(aside, { recursive: true, force: true });
  await ownFolder(aside, account);
  await initialise(aside, { password, binaries, account });
  await rename(aside, folder);
  return { folder, password };
}

interface Initialise {
  readonly password: string;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
}

async function initialise(folder: string, { password, binaries, account }: Initialise): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
  try {
    await run(binaries.initdb, initdbArguments(folder, passwordFile), {
      ...as(account),
      cwd: "/",
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
    });
    await chmod(folder, 0o700);
  } catch (cause) {
    const output = String((cause as { stderr?: string }).stderr ?? cause).trim();
    throw new WendError("store.embedded_failed", { detail: `initdb: ${output.split("\n").at(-1)}`, cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

// The builtin locale sorts the same on every machine. The password is random, so stretching it only costs
// milliseconds on every connection.
const initdbArguments = (folder: string, passwordFile: string) => [
  `--pgdata=${folder}`,
  "--username=postgres",
  `--pwfile=${passwordFile}`,
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  "--set=scram_iterations=64",
];

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
