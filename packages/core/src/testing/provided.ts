import type {} from "vitest";

/** What the global setup tells every test file. */
export interface TestServer {
  /** A database of the server from which others are created and dropped. */
  readonly url: string;
  /** Migrated once; cloned for every test file. */
  readonly template: string;
  /** Marks the databases and keys of this run. */
  readonly run: number;
  readonly redisUrl: string | undefined;
}

declare module "vitest" {
  interface ProvidedContext {
    wend: TestServer;
  }
}
