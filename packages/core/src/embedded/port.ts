import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { WendError } from "@wend/plugin";

/** The port wished for, else the one of last time, so that addresses kept elsewhere stay right, else any free one. */
export async function choosePort(wish: number | undefined, memory: string): Promise<number> {
  if (wish !== undefined && !(await isFree(wish))) {
    throw new WendError("store.embedded_failed", { detail: `Port ${wish} is in use.` });
  }
  const port = wish ?? (await lastTime(memory)) ?? (await bind(0));
  await writeFile(memory, String(port));
  return port;
}

async function lastTime(memory: string): Promise<number | undefined> {
  const port = Number(await readFile(memory, "utf8").catch(() => ""));
  return port > 0 && (await isFree(port)) ? port : undefined;
}

export async function isFree(port: number): Promise<boolean> {
  return bind(port).then(
    () => true,
    () => false,
  );
}

async function bind(port: number): Promise<number> {
  const probe = createServer().listen(port, "127.0.0.1");
  await once(probe, "listening");
  const bound = (probe.address() as AddressInfo).port;
  probe.close();
  await once(probe, "close");
  return bound;
}
