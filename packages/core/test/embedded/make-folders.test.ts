import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolders } from "../../src/embedded/make-folders.ts";

const root = await mkdtemp(join(tmpdir(), "wend-folders-"));
afterAll(() => rm(root, { recursive: true, force: true }));

test("a folder is made with those above it, and found again", async () => {
  const path = join(root, "a", "b", "c");
  await makeFolders(path, 0o700);
  await makeFolders(path, 0o700);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test.skipIf(process.platform !== "linux")(
  "a place that takes no folders is an error, not an endless attempt",
  async () => {
    await expect(makeFolders("/proc/wend/data")).rejects.toMatchObject({ code: "store.embedded_failed" });
  },
);

test("a file in the way is an error that names the folder", async () => {
  const file = join(root, "file");
  await writeFile(file, "");
  const made = makeFolders(join(file, "data"));
  await expect(made).rejects.toMatchObject({ code: "store.embedded_failed", detail: expect.stringContaining(file) });
});
