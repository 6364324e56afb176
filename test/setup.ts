import { afterAll } from "vitest";
import { settleDatabases } from "../packages/core/src/testing/databases.ts";
import { isRed } from "../packages/core/src/testing/is-red.ts";

// Registered before the file's own hooks, so it runs after them.
// biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern which fixtures to build, here none
afterAll(async ({}, suite) => {
  const kept = await settleDatabases(suite.file.name, isRed(suite));
  for (const url of kept) process.stderr.write(`kept for ${suite.file.name}: ${url}\n`);
});
