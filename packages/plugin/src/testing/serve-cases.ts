import assert from "node:assert/strict";
import { settlesWithin } from "./expectations.ts";
import type { OpenConnection } from "./open-connection.ts";
import { openConnection } from "./open-connection.ts";
import { parseFacts } from "./parse-facts.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

const SETTLED_MS = 5_000;
const UNKNOWN = "/no-such-path-5f1c";
/** Paths that nobody means and anybody can send. */
const oddPaths = ["", "/", "//", "/%", "/%00", "/..%2f", "/constructor", `/${"a".repeat(3_000)}`];

/** The tests of what a connection answers to browsers; nothing to do for one that has no `serve`. */
export function serveCases(setup: PluginTestSetup): ConformanceTest[] {
  return [
    {
      name: `${setup.plugin.manifest.id}: serve answers 404 to a path it does not know, and throws at none`,
      run: () => answersAnything(setup),
    },
  ];
}

async function answersAnything(setup: PluginTestSetup): Promise<void> {
  await using open = await openConnection(setup);
  if (open.connection.serve === undefined) return;
  for (const customer of [undefined, { profileId: "profile-1" }]) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const asked = { setup, open, method, customer };
      assert.equal(await answer(asked, UNKNOWN), 404, `${method} ${UNKNOWN}`);
      for (const path of oddPaths) await answer(asked, path);
    }
  }
}

interface Asked {
  readonly setup: PluginTestSetup;
  readonly open: OpenConnection;
  readonly method: string;
  readonly customer: { readonly profileId: string } | undefined;
}

async function answer({ setup, open, method, customer }: Asked, path: string): Promise<number> {
  const { connection, host } = open;
  const body = method === "POST" ? { body: "{" } : undefined;
  const request = new Request(host.links.baseUrl + path, { method, ...body });
  const served = await settled(connection.serve?.({ request, path, customer, signal: new AbortController().signal }));
  assert.ok(served?.response instanceof Response, `${method} ${path} is not answered by a Response`);
  parseFacts(setup.plugin.manifest, served);
  return served.response.status;
}

async function settled<Value>(promise: Promise<Value> | undefined): Promise<Value | undefined> {
  await settlesWithin(SETTLED_MS, promise ?? Promise.resolve());
  return promise;
}
