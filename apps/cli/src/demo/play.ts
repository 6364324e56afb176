import { setTimeout as sleep } from "node:timers/promises";
import type { WendClient } from "@wend/client";
import type { ManualClock, Runtime, Workspace } from "@wend/core";
import { loadFigures } from "./figures.ts";
import { loadRest } from "./quiet.ts";
import type { Act, Item } from "./script.ts";
import type { Table } from "./table.ts";

export interface Stage {
  readonly client: WendClient;
  readonly runtime: Runtime;
  readonly workspace: Workspace;
  readonly clock: ManualClock;
  readonly table: Table;
  /** Ends the play where it stands. */
  readonly stop: AbortSignal;
}

const HOUR = 3_600_000;
const BATCH = 100;
const SHOW_MS = process.stdout.isTTY ? 250 : 1_500;
/** A stage on which nothing moves for so long is stuck. */
const STUCK_MS = 60_000;

/**
 * Plays the script over HTTP. The clock stands while anything is due and leaps to the next instant at which
 * something is: twenty days pass in seconds, and no call is ever overtaken by its own lease.
 */
export async function play(stage: Stage, acts: readonly Act[]): Promise<void> {
  const start = stage.clock.now();
  for (const act of acts) {
    await passTime(stage, start, start + act.hour * HOUR);
    await send(stage.client, act.items);
    await settle(stage, `${dayOf(act.hour)}: ${act.title}`);
  }
}

async function passTime(stage: Stage, start: number, until: number): Promise<void> {
  for (;;) {
    await settle(stage, `${dayOf(Math.round((stage.clock.now() - start) / HOUR))}: time passes`);
    const { nextDue } = await loadRest(stage.runtime, stage.workspace);
    if (nextDue === null || nextDue > until) break;
    stage.clock.set(nextDue);
  }
  if (stage.clock.now() < until) stage.clock.set(until);
}

/** Waits until nothing is left to do at this instant. */
async function settle({ runtime, workspace, table, stop }: Stage, title: string): Promise<void> {
  let shown = performance.now();
  let before = "";
  let movedAt = performance.now();
  for (;;) {
    stop.throwIfAborted();
    const { pending } = await loadRest(runtime, workspace);
    if (pending === 0 || performance.now() - shown > SHOW_MS) {
      const figures = await loadFigures(runtime, workspace);
      table.show(title, figures);
      shown = performance.now();
      const now = JSON.stringify([pending, figures]);
      if (now !== before) movedAt = performance.now();
      before = now;
    }
    if (pending === 0) break;
    if (performance.now() - movedAt > STUCK_MS) throw new Error(`nothing moves while ${pending} things are due`);
    await sleep(25);
  }
}

async function send(client: WendClient, items: readonly Item[]): Promise<void> {
  const batches: Item[][] = [];
  for (let i = 0; i < items.length; i += BATCH) batches.push(items.slice(i, i + BATCH));
  await Promise.all(batches.map((batch) => client.batch(batch as Parameters<WendClient["batch"]>[0])));
}

const dayOf = (hour: number): string => `day ${Math.floor(hour / 24)}, ${String(hour % 24).padStart(2, "0")}:00`;
