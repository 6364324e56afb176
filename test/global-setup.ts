import type { TestProject } from "vitest/node";
import { loadEnv } from "../packages/core/src/env.ts";
import { startTestServer } from "../packages/core/src/testing/test-server.ts";

/** Once for a run: a server and a migrated template. Returns what ends it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startTestServer(loadEnv());
  project.provide("wend", server);
  return stop;
}
