import { WendError } from "@wend/plugin";
import type { Share } from "./share.ts";

/** A call and who waits for it. */
export interface Waiting<Call, Result> {
  readonly call: Call;
  readonly share: Share;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  /** Gives back the room it takes; before the answer, so that whoever comes back at once finds it. */
  readonly leave: () => void;
}

/** Writes calls of one workspace in one transaction; one result each, in order. */
export type Write<Call, Result> = (workspaceId: number, calls: readonly Call[]) => Promise<readonly Result[]>;

/** Writes a group and answers each of its calls, after the commit. */
export async function settle<Call, Result>(
  workspaceId: number,
  group: readonly Waiting<Call, Result>[],
  write: Write<Call, Result>,
): Promise<void> {
  try {
    const results = await write(
      workspaceId,
      group.map(({ call }) => call),
    );
    for (const [i, { leave, resolve }] of group.entries()) {
      leave();
      resolve(results[i]!);
    }
  } catch (error) {
    if (group.length === 1 || concernsAll(error)) {
      for (const { leave, reject } of group) {
        leave();
        reject(error);
      }
      return;
    }
    // One call spoils the transaction of all: halving finds it and stores the others.
    const half = group.length >> 1;
    await settle(workspaceId, group.slice(0, half), write);
    await settle(workspaceId, group.slice(half), write);
  }
}

const concernsAll = (error: unknown) => error instanceof WendError && error.code.startsWith("store.");
