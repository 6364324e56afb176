import { existsSync } from "node:fs";
import { resolve } from "node:path";

const shared = process.env.WEND_SHARED ?? resolve(import.meta.dirname, "../../../../shared");

/** Every purchase of 23,570 customers; it is no part of the repository. */
export const purchasesFile = resolve(shared, "data/cdnow.txt");

export const hasPurchases = existsSync(purchasesFile);

if (!hasPurchases) console.log(`skipped: ${purchasesFile} is not there (WEND_SHARED names its folder)`);
