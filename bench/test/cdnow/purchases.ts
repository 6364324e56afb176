import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const shared = process.env.WEND_SHARED ?? resolve(import.meta.dirname, "../../../../shared");

/** Every purchase of 23,570 customers; it is no part of the repository. */
export const purchasesFile = resolve(shared, "data/cdnow.txt");

export const hasPurchases = existsSync(purchasesFile);

if (!hasPurchases) console.log(`skipped: ${purchasesFile} is not there (WEND_SHARED names its folder)`);

/** The file's header and the lines of its first customers, as they stand there. */
export async function firstCustomers(count: number): Promise<string> {
  const [header, ...lines] = (await readFile(purchasesFile, "latin1")).split(/(?<=\n)/);
  return [header, ...lines.filter((line) => Number(line.slice(1, 6)) <= count)].join("");
}
