import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Embedded } from "@wend/core/embedded";
import { startEmbedded } from "@wend/core/embedded";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandOf } from "../../src/embedded/process.ts";
import { asOwner } from "../../src/store/owner.ts";
import type { Holder } from "./holder.ts";
import { startHolder } from "./holder.ts";

const run = promisify(execFile);

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wend-embedded-"));
  await chmod(dataDir, 0o755);
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const write = (url: string, note: string) =>
  asOwner(url, async (client) => {
    await client.query("create table if not exists notes (note text)");
    await client.query("insert into notes values ($1)", [note]);
  });

const read = (url: string) =>
  asOwner(url, async (client) =>
    (await client.query("select note from notes order by note")).rows.map((row) => row.note),
  );

const ended = async (pid: number) => {
  while ((await commandOf(pid)) !== undefined) await sleep(5);
};

const start = () => startEmbedded({ dataDir });

/** Every process of the process group that a process belongs to. */
async function groupOf(pid: number): Promise<number[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pgid=,pid="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const group = rows.find((row) => row[1] === pid)![0];
  return rows.filter((row) => row[0] === group).map((row) => row[1]!);
}

async function held<T>(use: (embedded: Embedded) => Promise<T>): Promise<T> {
  const embedded = await start();
  try {
    return await use(embedded);
  } finally {
    await embedded.stop();
  }
}

async function kill(holder: Holder, signal: NodeJS.Signals): Promise<void> {
  // The whole group, as a Ctrl-C in a terminal does.
  process.kill(-holder.child.pid!, signal);
  await once(holder.child, "exit");
}

describe("the embedded database", () => {
  it("is PostgreSQL 18 and durable, and its login is no superuser", async () => {
    const settings = await held(({ url }) =>
      asOwner(url, async (client) => {
        const { rows } = await client.query(
          `select current_setting('server_version_num')::int / 10000 as version, current_setting('fsync') as fsync,
             current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as listens,
             (select rolsuper from pg_roles where rolname = current_user) as super`,
        );
        return rows[0];
      }),
    );
    expect(settings).toEqual({ version: 18, fsync: "on", commit: "on", listens: "127.0.0.1", super: false });
  });

  it("refuses a login without the password", async () => {
    await held(async ({ url }) => {
      const guess = new URL(url);
      guess.password = "guess";
      await expect(read(guess.toString())).rejects.toMatchObject({ code: "store.refused" });
    });
  });

  it("keeps data and port over a restart", async () => {
    const port = await held(async (embedded) => {
      await write(embedded.url, "first");
      return embedded.port;
    });
    await held(async (embedded) => {
      expect(await read(embedded.url)).toEqual(["first"]);
      expect(embedded.port).toBe(port);
    });
  });

  it("refuses a second start on the same data, from this and from another process", async () => {
    await held(async () => {
      await expect(start()).rejects.toMatchObject({ code: "store.locked", detail: expect.stringContaining(dataDir) });
    });
    const holder = await startHolder(dataDir);
    await expect(start()).rejects.toMatchObject({ code: "store.locked" });
    expect(await read(holder.url)).toEqual(["first"]);
    await kill(holder, "SIGTERM");
  });

  it("takes over the lock of a process that is gone, also when another has its number by now", async () => {
    for (const stale of ["4194000 1", `${process.pid} another-start`, "", "garbage"]) {
      await writeFile(join(dataDir, "lock"), stale);
      await held(async ({ url }) => expect(await read(url)).toEqual(["first"]));
    }
  });

  it("ends in order on a Ctrl-C that the whole process group gets", async () => {
    const holder = await startHolder(dataDir);
    await kill(holder, "SIGINT");
    expect(await holder.rest).toBe("stopped");
    expect(await commandOf(holder.pid)).toBeUndefined();
    const log = await readFile(join(dataDir, "postgres.log"), "utf8");
    expect(log).toContain("database system is shut down");
    await expect(readFile(join(dataDir, "lock"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("ends by itself when the process that holds it is killed, and what was committed is there on the next start", async () => {
    const holder = await startHolder(dataDir);
    await write(holder.url, "second");
    holder.child.kill("SIGKILL");
    await ended(holder.pid);
    await held(async ({ url }) => expect(await read(url)).toEqual(["first", "second"]));
  });

  it("may be started again at once after its holder was killed, while the old server still runs", async () => {
    const holder = await startHolder(dataDir);
    await write(holder.url, "third");
    await kill(holder, "SIGKILL");
    await held(async ({ url, pid }) => {
      expect(pid).not.toBe(holder.pid);
      expect(await read(url)).toEqual(["first", "second", "third"]);
    });
  });

  it("stops a server that nobody is left to stop, then starts its own", async () => {
    const holder = await startHolder(dataDir);
    const companions = (await groupOf(holder.pid)).filter((pid) => pid !== holder.pid);
    for (const pid of [holder.child.pid!, ...companions]) process.kill(pid, "SIGSTOP");
    for (const pid of [holder.child.pid!, ...companions]) process.kill(pid, "SIGKILL");
    await once(holder.child, "exit");
    expect(await commandOf(holder.pid)).toContain("postgres");
    await held(async ({ url }) => expect(await read(url)).toEqual(["first", "second", "third"]));
    expect(await commandOf(holder.pid)).toBeUndefined();
  });

  it("recovers what was committed when the server itself is killed", async () => {
    const embedded = await start();
    await write(embedded.url, "zeroth");
    process.kill(embedded.pid, "SIGKILL");
    await embedded.ended;
    await embedded.stop();
    await held(async ({ url }) => expect(await read(url)).toEqual(["first", "second", "third", "zeroth"]));
  });

  it("says which port is in use", async () => {
    await held(async ({ port }) => {
      const other = await mkdtemp(join(tmpdir(), "wend-embedded-"));
      await chmod(other, 0o755);
      const attempt = startEmbedded({ dataDir: other, port });
      await expect(attempt).rejects.toMatchObject({ code: "store.embedded_failed", detail: `Port ${port} is in use.` });
      await rm(other, { recursive: true });
    });
  });

  it("starts again after a first start that was killed half way", async () => {
    const fresh = await mkdtemp(join(tmpdir(), "wend-embedded-"));
    await chmod(fresh, 0o755);
    const half = join(fresh, "postgres.new");
    await writeFile(half, "not even a folder");
    const embedded = await startEmbedded({ dataDir: fresh });
    await embedded.stop();
    await rm(fresh, { recursive: true });
  });
});
