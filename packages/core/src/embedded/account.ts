import { readFile } from "node:fs/promises";
import { WendError } from "@wend/plugin";

/** Who the server runs as: PostgreSQL refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account to run the server under, or undefined to run it as ourselves. No account is ever created. */
export async function findAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = await readFile("/etc/passwd", "utf8");
  const found = accountIn(passwd, "postgres") ?? accountIn(passwd, "nobody");
  if (found === undefined) {
    throw new WendError("store.embedded_failed", {
      detail: "PostgreSQL may not run as root, and there is neither a user postgres nor nobody to run it as.",
    });
  }
  return found;
}

function accountIn(passwd: string, name: string): Account | undefined {
  const line = passwd.split("\n").find((entry) => entry.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid, gid] = line.split(":");
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** What `spawn` needs to run a program as the account. */
export function as(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}
