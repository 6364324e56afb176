import { once } from "node:events";

/** Resolves on the first SIGINT or SIGTERM. A second one ends the process at once. */
export async function untilStopped(): Promise<string> {
  const stopped = new AbortController();
  const signal = await Promise.race(
    (["SIGINT", "SIGTERM"] as const).map(async (name) => {
      await once(process, name, { signal: stopped.signal });
      return name;
    }),
  );
  process.once("SIGINT", () => process.exit(130));
  return signal;
}
