import type { ManualClock } from "@wend/core";
import type { Logger } from "pino";
import type { Figures } from "./figures.ts";
import { countFigures } from "./figures.ts";
import type { Stage } from "./stage.ts";
import { connectStage, importPurchases, setUpStage, startWorkers } from "./stage.ts";
import { untilDone } from "./work-left.ts";

export interface ReplayTools {
  readonly clock: ManualClock;
  readonly log: Logger;
}

/** Imports the file and plays it through the journey with the workers of this process. */
export async function replay(stage: Stage, file: string, { clock, log }: ReplayTools): Promise<Figures> {
  const runtime = await connectStage(stage, clock, log);
  try {
    await setUpStage(runtime, stage);
    await importPurchases(runtime, stage, file);
    const worker = startWorkers(runtime, log);
    try {
      await untilDone(runtime.store, stage.workspace.id);
    } finally {
      await worker.close();
    }
    return await countFigures(runtime.store, stage.workspace.id, stage.sinkFile);
  } finally {
    await runtime.close();
  }
}
