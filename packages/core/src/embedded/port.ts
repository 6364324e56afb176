import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { WendError } from "@wend/plugin";

/** The port wished for, else the one of last time, so that addresses kept elsewhere stay right, else a free one. */
export async function choosePort(wish: number | undefined, memory: string): Promise<number> {
  const port = wish ?? (await freePort(await remembered(memory))) ?? (await freePort(0));
  if (port === undefined || (wish !== undefined && (await freePort(wish)) === undefined)) {
    throw new WendError("store.embedded_failed", { detail: `Port ${wish} is in use.` });
  }
  await writeFile(memory, String(port));
  return port;
}

async function remembered(memory: string): Promise<number | undefined> {
  const text = await readFile(memory, "utf8").catch(() => "");
  return Number(text) || undefined;
}

async function freePort(wish: number | undefined): Promise<number | undefined> {
  if (wish === undefined) return undefined;
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", () => resolve(undefined));
    probe.listen(wish, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}
