import { readFile } from "node:fs/promises";
import type pg from "pg";

/** `USER_HZ` of Linux, the unit of `/proc/<pid>/stat`, on every architecture Node runs on. */
const msPerTick = 10;

/** CPU time of a process so far, in user and system mode. */
export async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1");
  // The name in parentheses may contain anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** Measures what the backends of one database and the server's own processes take. */
export interface ServerCpu {
  /** CPU time since the meter was opened. */
  readMs(): Promise<number>;
  close(): void;
}

const pollMs = 500;

/**
 * The server has to run on this machine. Backends come and go, so they are looked for all the time; the writers of WAL
 * and data files are counted in full, although on a shared server they work for others too.
 */
export async function openServerCpu(owner: pg.Pool): Promise<ServerCpu> {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const look = async (isStart: boolean): Promise<void> => {
    for (const pid of await serverPids(owner)) {
      const ms = await cpuMsOf(pid).catch(() => undefined);
      if (ms === undefined) continue;
      if (!first.has(pid)) first.set(pid, isStart ? ms : 0);
      last.set(pid, ms);
    }
  };
  await look(true);
  if (last.size === 0) throw new Error("the CPU time of a database on another machine cannot be measured");
  const timer = setInterval(() => void look(false).catch(() => {}), pollMs);
  return {
    readMs: async () => {
      await look(false);
      let sum = 0;
      for (const [pid, ms] of last) sum += ms - first.get(pid)!;
      return sum;
    },
    close: () => clearInterval(timer),
  };
}

// All but the bench's own connections, which only look.
async function serverPids(owner: pg.Pool): Promise<number[]> {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity
     where (datname = current_database() and application_name <> 'wend-bench')
       or backend_type in ('walwriter', 'checkpointer', 'background writer', 'autovacuum worker')`,
  );
  return rows.map((row) => row.pid);
}
