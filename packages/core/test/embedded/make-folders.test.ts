import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findAccount } from "../../src/embedded/account.ts";
import { reachableFolder } from "../../src/embedded/folders.ts";
import { makeFolders } from "../../src/embedded/make-folders.ts";

const root = await mkdtemp(join(tmpdir(), "wend-folders-"));
afterAll(() => rm(root, { recursive: true, force: true }));

test("a folder is made with those above it, and found again", async () => {
  const path = join(root, "a", "b", "c");
  await makeFolders(path, 0o700);
  await makeFolders(path, 0o700);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

if (process.platform !== "linux") console.log("skipped: a place that takes no folders, because there is no /proc");

test.skipIf(process.platform !== "linux")(
  "a place that takes no folders is an error, not an endless attempt",
  async () => {
    await expect(makeFolders("/proc/wend/data")).rejects.toMatchObject({ code: "store.embedded_failed" });
  },
);

test.each(["file", "file/data", "file/data/postgres"])(
  "%s, where file is a file, is refused by name, and no other folder is used instead",
  async (wish) => {
    const file = join(root, "file");
    await writeFile(file, "");
    const refusal = { code: "store.embedded_failed", detail: `${file} is not a folder.` };
    await expect(makeFolders(join(root, wish))).rejects.toMatchObject(refusal);
    await expect(reachableFolder(join(root, wish), await findAccount())).rejects.toMatchObject(refusal);
  },
);

test("a link that leads nowhere is an error that names it", async () => {
  const link = join(root, "link");
  await symlink(join(root, "nowhere"), link);
  const made = makeFolders(link);
  await expect(made).rejects.toMatchObject({ code: "store.embedded_failed", detail: expect.stringContaining(link) });
});
