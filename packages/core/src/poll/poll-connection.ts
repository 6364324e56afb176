import { storableText, WendError } from "@wend/plugin";
import { openCurrent } from "../connections/open-current.ts";
import { inWorkspace } from "../store/transaction.ts";
import { askPoll } from "./ask-poll.ts";
import type { PollClaim } from "./claim-poll.ts";
import { claimPoll, leaseMs } from "./claim-poll.ts";
import { decidePause } from "./decide-pause.ts";
import type { DuePoll, PollRuntime } from "./runtime.ts";
import { moveCursor, releasePoll } from "./settle-poll.ts";

const callTimeoutMs = 30_000;

/**
 * Asks a connection what is new until there is no more, and stores each part together with the cursor behind it. What
 * goes wrong is written down, and the connection asked again after a pause. When `stop` aborts, it is given back.
 */
export async function pollConnection(runtime: PollRuntime, due: DuePoll, stop: AbortSignal): Promise<void> {
  const claimed = await inWorkspace(runtime.store, due.workspaceId, (tx) => claimPoll(tx, due));
  if (!claimed) return;
  let held = claimed;
  try {
    const { instance, id: connectionId, manifest } = await openCurrent(runtime.connections, due, due.version);
    const call = { plugin: manifest.id, connectionId, timeoutMs: callTimeoutMs, log: runtime.log, stop };
    for (let more = true; more; ) {
      const found = await askPoll({ instance, cursor: held.cursor, call });
      const { cursor, receipts = [], signals = [] } = found;
      more = found.more;
      const pauseMs = more ? leaseMs : due.everyMs;
      const claim = held;
      await runtime.storeFacts(due, { receipts, signals }, (tx) =>
        moveCursor(tx, claim, { cursor, dueAt: tx.now + pauseMs }),
      );
      held = { ...held, cursor, failures: 0 };
    }
  } catch (error) {
    await giveBack(runtime, held, stop.aborted ? undefined : codedOf(runtime, due, error));
  }
}

async function giveBack(runtime: PollRuntime, held: PollClaim, error: WendError | undefined): Promise<void> {
  if (error?.code === "poll.lease_lost") return;
  const { store, log, random = Math.random } = runtime;
  const { workspaceId, connectionId } = held;
  const failures = held.failures + 1;
  await inWorkspace(store, workspaceId, async (tx) => {
    if (!error) return releasePoll(tx, held, { dueAt: tx.now });
    const { code } = error;
    log.warn({ workspaceId, connectionId, code, failures }, "a connection could not be polled");
    return releasePoll(tx, held, {
      dueAt: tx.now + decidePause(error, failures, random),
      error: {
        code,
        detail: error.detail === undefined ? null : storableText(error.detail, 500),
        failures,
        at: tx.now,
      },
    });
  });
}

// What has no code is nothing of the plugin's: that has been told apart where it was called.
function codedOf({ log }: PollRuntime, { workspaceId, connectionId }: DuePoll, cause: unknown): WendError {
  if (cause instanceof WendError) return cause;
  log.error({ workspaceId, connectionId, err: cause }, "a poll failed");
  return new WendError("internal.unexpected", { cause });
}
