import { runChild } from "../shared/run-child.ts";
import { loadCase } from "./cases.ts";

/** Who was reached since this was last asked. */
export interface Reached {
  readonly once: number;
  readonly again: number;
}

// The vendor: in a process of its own, so that it takes nothing from either side.
runChild<string, { port: number }>(async (name) => {
  const channel = await loadCase(name);
  const known = new Set<string>();
  let again = 0;
  const provider = await channel.startProvider((customer) => {
    if (known.has(customer)) again += 1;
    known.add(customer);
  });
  const takeReached = (): Reached => {
    const reached = { once: known.size, again };
    known.clear();
    again = 0;
    return reached;
  };
  return { ready: { port: provider.port }, answers: { takeReached }, stop: () => provider.close() };
});
