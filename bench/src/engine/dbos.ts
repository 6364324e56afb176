import { DBOS } from "@dbos-inc/dbos-sdk";

const LANES = 100;
const WARM = 50;

const profiles = new Map<number, { readonly plan: string; readonly greeted: boolean }>();

const journey = DBOS.registerWorkflow(
  async (profile: number) => {
    const branch = await DBOS.runStep(async () => (profiles.get(profile)?.plan === "pro" ? "pro" : "else"), {
      name: "split",
    });
    await DBOS.runStep(async () => void profiles.set(profile, { plan: branch, greeted: true }), { name: "update" });
    const until = await DBOS.runStep(async () => Date.now() + 720 * 3_600_000, { name: "wait" });
    return DBOS.runStep(async () => `done before ${until}`, { name: "end" });
  },
  { name: "journey" },
);

/** DBOS runs the same four steps as durable workflows, in a database of its own on the same server. Journeys per second. */
export async function measureDbos(url: string, journeys: number): Promise<number> {
  DBOS.setConfig({ name: "wend-bench", systemDatabaseUrl: url, logLevel: "error", systemDatabasePoolSize: 20 });
  await DBOS.launch();
  try {
    await runAll(WARM);
    const started = performance.now();
    await runAll(journeys);
    return journeys / ((performance.now() - started) / 1000);
  } finally {
    await DBOS.shutdown();
  }
}

async function runAll(count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const handle = await DBOS.startWorkflow(journey)(next++);
      await handle.getResult();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
