import { randomBytes } from "node:crypto";
import { builtinPlugins } from "@wend/bundle";
import { createTestStore } from "@wend/core/testing";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { benchChannel } from "../../src/channels/bench.ts";
import { caseNames, loadCase } from "../../src/channels/cases.ts";

async function openGround() {
  const { url, workspace, store } = await createTestStore();
  await store.close();
  const owner = new pg.Pool({ connectionString: url, max: 1 });
  onTestFinished(() => owner.end());
  return { url, workspace, owner, secretKey: randomBytes(32) };
}

test("every plugin that comes with Wend is measured", async () => {
  const measured = new Set((await Promise.all(caseNames.map(loadCase))).map(({ plugin }) => plugin.manifest.id));
  expect(builtinPlugins.map(({ manifest }) => manifest.id).filter((id) => !measured.has(id))).toEqual([]);
});

const figures = ["deliveries_per_s", "cpu_ms", "call_per_s", "call_cpu_ms", "client_per_s", "client_cpu_ms"];
const ratios = ["ratio_client", "ratio_call"];

// Who is reached twice, or not at all, by the plugin or by the client, fails the measurement itself.
test.each(caseNames)(
  "%s: each delivery, each call and each request of the client reaches its customer once",
  {
    timeout: 120_000,
  },
  async (name) => {
    const { line } = await benchChannel(await openGround(), name, { rounds: 1, deliveries: 60, concurrency: 10 });
    expect(name).toContain(line["plugin"]);
    for (const field of [...figures, ...ratios]) expect(line[field], field).toBeGreaterThan(0);
  },
);
