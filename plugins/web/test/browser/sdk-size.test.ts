import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";

const mostBytes = 8 * 1_024;

test("the browser's side is under 8 KB, minified and gzipped, and needs nothing else", async () => {
  const input = new URL("../../src/browser/index.ts", import.meta.url).pathname;
  const bundle = await rolldown({ input, platform: "browser" });
  const { output } = await bundle.generate({ format: "es", minify: true });
  await bundle.close();
  const [{ code, imports }] = output;
  const gzipped = gzipSync(code).length;
  console.log(`browser_bytes=${code.length} browser_gzip_bytes=${gzipped}`);
  expect(imports).toEqual([]);
  expect(output).toHaveLength(1);
  expect(gzipped).toBeLessThan(mostBytes);
  expect(code).not.toContain("node:");
});
