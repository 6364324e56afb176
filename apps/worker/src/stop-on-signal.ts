import type { Logger } from "pino";

/** Past the grace of the worker, and short of the 30 s that supervisors wait. */
const lastMs = 15_000;

/**
 * Ends the process with 0 on SIGTERM or SIGINT once `close` is done, and at the latest when it should have been.
 * A promise that nobody waits for is reported and ends nothing: whatever it was about is in Postgres.
 */
export function stopOnSignal(log: Logger, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(0), lastMs).unref();
    close()
      .catch((error) => log.error({ err: error }, "could not stop cleanly"))
      .finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));
}
