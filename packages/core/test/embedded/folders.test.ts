import { chmod, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startEmbedded } from "@wend/core/embedded";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAccount } from "../../src/embedded/account.ts";
import { installed, placeBinaries } from "../../src/embedded/binaries.ts";
import { canEnter } from "../../src/embedded/folders.ts";
import { asOwner } from "../../src/store/owner.ts";

const account = await findAccount();
if (account === undefined) process.stdout.write("skipped: folders of root need a test run as root\n");

// A folder that only root can enter, as /root is.
let closed: string;
beforeAll(async () => {
  closed = await mkdtemp(join(tmpdir(), "wend-closed-"));
  await chmod(closed, 0o700);
});
afterAll(() => rm(closed, { recursive: true, force: true }));

describe.runIf(account !== undefined)("an embedded database started by root", () => {
  it("keeps its data elsewhere when its account cannot enter the folder, the same place each time, and says so", async () => {
    const wish = join(closed, "project", ".wend");
    const places: string[] = [];
    for (const _ of [1, 2]) {
      const embedded = await startEmbedded({ dataDir: wish });
      places.push(embedded.dataDir);
      expect(embedded.note).toContain(`data in ${embedded.dataDir} instead of ${wish}`);
      await asOwner(embedded.url, (client) => client.query("select 1"));
      await embedded.stop();
    }
    expect(places[0]).toBe(places[1]);
    expect(places[0]).not.toContain(closed);
    await rm(places[0]!, { recursive: true });
  });

  it("copies its programs to where its account can run them, once", async () => {
    const native = join(closed, "platform", "native");
    await mkdir(dirname(native));
    await cp(await installed(), native, { recursive: true, verbatimSymlinks: true });
    const placed = await placeBinaries(native, account);
    expect(placed.copiedTo).toBeDefined();
    expect(await placeBinaries(native, account)).toEqual(placed);
    const inPlace = await placeBinaries(placed.copiedTo!, account);
    expect(inPlace.copiedTo).toBeUndefined();
    await rm(placed.copiedTo!, { recursive: true });
  });

  it("never opens up a folder of the user", async () => {
    expect(await canEnter(join(closed, "x"), account!)).toBe(false);
    expect(await canEnter(join(closed, "not", "yet", "made"), account!)).toBe(false);
    expect(await canEnter(join(tmpdir(), "x"), account!)).toBe(true);
  });
});
