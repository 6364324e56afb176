import { setTimeout as sleep } from "node:timers/promises";
import type { Member } from "./member.ts";

/** Several processes of one kind, each replaced when it ends. */
export interface Fleet {
  /** Those that are up. */
  members(): readonly Member[];
  /** Resolves when so many are up. */
  atLeast(count: number): Promise<void>;
  /** Processes that ended although nobody killed them, or did not come up. */
  crashes(): number;
  close(): Promise<void>;
}

/** Starts `size` processes. A drill kills with SIGKILL only, so whatever ends otherwise has crashed. */
export async function startFleet(size: number, start: () => Promise<Member>): Promise<Fleet> {
  const up = new Set<Member>();
  const starting = new Set<Promise<void>>();
  let waiting: (() => void)[] = [];
  let crashes = 0;
  let closed = false;

  const launch = async (): Promise<void> => {
    while (!closed) {
      const member = await start().catch(() => undefined);
      if (member) return add(member);
      crashes += 1;
      await sleep(1_000);
    }
  };
  const add = (member: Member): void => {
    up.add(member);
    for (const look of waiting.splice(0)) look();
    void member.gone.then((how) => {
      up.delete(member);
      if (closed) return;
      if (how !== "SIGKILL") crashes += 1;
      begin();
    });
  };
  const begin = (): void => {
    const launched = launch().finally(() => starting.delete(launched));
    starting.add(launched);
  };
  for (let i = 0; i < size; i++) begin();
  const fleet: Fleet = {
    members: () => [...up].filter((member) => member.isUp()),
    atLeast: async (count) => {
      while (fleet.members().length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    crashes: () => crashes,
    close: async () => {
      closed = true;
      waiting = [];
      await Promise.all(starting);
      await Promise.all([...up].map((member) => member.stop()));
    },
  };
  await fleet.atLeast(size);
  return fleet;
}
