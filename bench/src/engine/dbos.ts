import { DBOS } from "@dbos-inc/dbos-sdk";

/** DBOS runs the same four steps as durable workflows on the same server. Returns journeys per second. */
export async function measureDbos(url: string, journeys: number): Promise<number> {
  DBOS.setConfig({ name: "wend-bench", systemDatabaseUrl: url, logLevel: "error", systemDatabasePoolSize: 20 });
  const profiles = new Map<number, { plan: string; greeted?: boolean }>();
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
  await DBOS.launch();
  try {
    const warm = await Promise.all(Array.from({ length: 50 }, (_, i) => DBOS.startWorkflow(journey)(i)));
    await Promise.all(warm.map((handle) => handle.getResult()));
    const started = performance.now();
    await atMost(100, journeys, async (i) => {
      const handle = await DBOS.startWorkflow(journey)(i);
      await handle.getResult();
    });
    return journeys / ((performance.now() - started) / 1000);
  } finally {
    await DBOS.shutdown();
  }
}

async function atMost(width: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
