import { sinkNames } from "../stage/customers.ts";
import type { Stage } from "../stage/stage.ts";

/** One call in ten: the share of each fault. */
const share = 10;
const nobody = "http://127.0.0.1:1";

/** Puts the provider into trouble: one of its ten addresses refuses connections, the others do the rest. */
export async function beginTrouble(stage: Stage): Promise<void> {
  await moveTo(stage, [nobody, ...Array.from({ length: share - 1 }, () => stage.sink.url)]);
  // Of the calls that reach it, so that it is one in ten of all.
  await stage.sink.trouble(share - 1);
}

/** All addresses answer again. A message that met with a refusal over and over would take hours, as pauses double. */
export const openAddresses = (stage: Stage): Promise<void> => moveTo(stage, [stage.sink.url]);

export const endTrouble = (stage: Stage): Promise<void> => stage.sink.trouble(0);

async function moveTo({ client }: Stage, urls: string[]): Promise<void> {
  for (const connection of sinkNames) await client.api.connections.update.mutate({ connection, config: { urls } });
}
