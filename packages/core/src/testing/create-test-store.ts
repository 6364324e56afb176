import { inject } from "vitest";
import type { ManualClock } from "../clock.ts";
import { createManualClock } from "../clock.ts";
import type { Store } from "../store/connect.ts";
import { connectStore } from "../store/connect.ts";
import type { Workspace } from "../workspaces/workspace.ts";
import { createWorkspace } from "../workspaces/workspace.ts";
import { cloneDatabase } from "./databases.ts";
import { redisPrefixOf } from "./names.ts";

export interface TestStore<C extends ManualClock | undefined = undefined> {
  readonly store: Store;
  /** Address of the database, with the owner's login. */
  readonly url: string;
  readonly workspace: Workspace;
  /** The manual clock when `now` was given; otherwise the database's clock rules. */
  readonly clock: C;
  /** Set when the run has Redis. */
  readonly redisUrl: string | undefined;
  /** Put this before every key; keys of this prefix are removed after the file. */
  readonly redisPrefix: string;
  /** Ends the pools. The database is dropped after the file, or kept and named when the file is red. */
  close(): Promise<void>;
}

export interface TestStoreOptions {
  /** Makes the clock a manual one that starts here. */
  readonly now?: number | string;
  readonly shards?: Workspace["shards"];
  /** Most connections of the `app` pool. */
  readonly max?: number;
}

/** A migrated database of its own, with one workspace. */
export function createTestStore(options: TestStoreOptions & { now: number | string }): Promise<TestStore<ManualClock>>;
export function createTestStore(options?: TestStoreOptions & { now?: undefined }): Promise<TestStore>;
export async function createTestStore(options: TestStoreOptions = {}): Promise<TestStore<ManualClock | undefined>> {
  const { url, name } = await cloneDatabase();
  const clock = options.now === undefined ? undefined : createManualClock(options.now);
  const store = connectStore({ url, max: options.max ?? 6, applicationName: "wend-test", ...(clock && { clock }) });
  const workspace = await createWorkspace(store, {
    slug: "test",
    name: "Test",
    ...(options.shards !== undefined && { shards: options.shards as 16 }),
  });
  return {
    store,
    url,
    workspace,
    clock,
    redisUrl: inject("wend").redisUrl,
    redisPrefix: redisPrefixOf(name),
    close: () => store.close(),
  };
}
