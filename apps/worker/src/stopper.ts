import type { Logger } from "pino";

/** Past the grace of the worker, and short of the 30 s that supervisors wait. */
const lastMs = 15_000;

/**
 * Ends the process once `close` is done, and at the latest when it should have been: with 0, unless its exit code says
 * that it failed. Give it a signal, or what else makes it stop.
 */
export function stopper(log: Logger, close: () => Promise<void>): (signal: string) => void {
  let stopping = false;
  return (signal) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(), lastMs).unref();
    close()
      .catch((error) => log.error({ err: error }, "could not stop cleanly"))
      .finally(() => process.exit());
  };
}
