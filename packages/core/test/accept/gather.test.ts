import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { createGather } from "../../src/accept/group/gather.ts";

interface Call {
  readonly id: number;
  readonly items?: number;
  readonly bytes?: number;
}

const limits = { groupItems: 10, waitingItems: 20, waitingBytes: 1_000, workspaceItems: 15 };
const weigh = ({ items = 1, bytes = 1 }: Call) => ({ items, bytes });
const ids = (calls: readonly Call[]) => calls.map(({ id }) => id);

/** A gather whose writes wait until they are released. */
function held() {
  const groups: { workspaceId: number; calls: number[]; release: () => void }[] = [];
  const gather = createGather<Call, number>({
    limits,
    weigh,
    write: async (workspaceId, calls) => {
      const gate = Promise.withResolvers<void>();
      groups.push({ workspaceId, calls: ids(calls), release: gate.resolve });
      await gate.promise;
      return ids(calls);
    },
  });
  /** The nth group, once it is being written. */
  const group = async (n: number) => {
    await until(() => groups.length > n);
    return groups[n]!;
  };
  return { gather, groups, group };
}

const turn = () => new Promise((resolve) => void setImmediate(resolve));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

describe("groups", () => {
  it("form while the one before is written, one at a time for a workspace", async () => {
    const { gather, groups, group } = held();
    const first = gather.add(1, { id: 1 });
    await group(0);
    const rest = [2, 3].map((id) => gather.add(1, { id }));
    const other = gather.add(2, { id: 4 });
    await group(1);
    await turn();
    expect(groups.map(({ workspaceId, calls }) => [workspaceId, calls])).toEqual([
      [1, [1]],
      [2, [4]],
    ]);
    groups[0]!.release();
    expect(await first).toBe(1);
    expect((await group(2)).calls).toEqual([2, 3]);
    groups[2]!.release();
    groups[1]!.release();
    expect(await Promise.all([...rest, other])).toEqual([2, 3, 4]);
    await gather.idle();
  });

  it("hold no more items than their limit, except for a single call that is larger", async () => {
    const { gather, group } = held();
    const large = gather.add(1, { id: 1, items: 12 });
    (await group(0)).release();
    await large;
    const more = [6, 4, 1].map((items, i) => gather.add(1, { id: i + 2, items }));
    expect((await group(1)).calls).toEqual([2, 3]);
    (await group(1)).release();
    expect((await group(2)).calls).toEqual([4]);
    (await group(2)).release();
    expect(await Promise.all(more)).toEqual([2, 3, 4]);
  });

  it("wait a moment for those who were just answered, so that they do not take turns with the others", async () => {
    const { gather, group } = held();
    const first = gather.add(1, { id: 1 });
    const { release } = await group(0);
    const second = gather.add(1, { id: 2 });
    const slow = performance.now() + 20;
    await until(() => performance.now() > slow);
    release();
    const back = first.then(turn).then(() => gather.add(1, { id: 3 }));
    expect((await group(1)).calls).toEqual([2, 3]);
    (await group(1)).release();
    expect(await Promise.all([second, back])).toEqual([2, 3]);
  });

  it("do not wait for those who stay away", async () => {
    const { gather, group } = held();
    const first = gather.add(1, { id: 1 });
    const { release } = await group(0);
    const second = gather.add(1, { id: 2 });
    release();
    await first;
    expect((await group(1)).calls).toEqual([2]);
    (await group(1)).release();
    expect(await second).toBe(2);
  });
});

describe("what waits is bounded", () => {
  const refused = { code: "limit.overloaded", status: 429, retryAfterMs: 1_000 };

  it("in items, for one workspace and for all, and is taken again when there is room", async () => {
    const { gather, group } = held();
    const taken = [gather.add(1, { id: 1, items: 9 }), gather.add(1, { id: 2, items: 6 })];
    await expect(gather.add(1, { id: 3 })).rejects.toMatchObject(refused);
    taken.push(gather.add(2, { id: 4, items: 5 }));
    await expect(gather.add(2, { id: 5 })).rejects.toMatchObject(refused);
    (await group(0)).release();
    (await group(1)).release();
    await taken[2];
    taken.push(gather.add(2, { id: 6 }));
    (await group(2)).release();
    (await group(3)).release();
    expect(await Promise.all(taken)).toEqual([1, 2, 4, 6]);
  });

  it("in bytes, but a single call always has room", async () => {
    const { gather, group } = held();
    const large = gather.add(1, { id: 1, bytes: 5_000 });
    await expect(gather.add(1, { id: 2 })).rejects.toMatchObject(refused);
    (await group(0)).release();
    await large;
    await gather.idle();
    const next = gather.add(1, { id: 3 });
    (await group(1)).release();
    expect(await next).toBe(3);
  });
});

describe("a write that fails", () => {
  it("is halved until only the calls that spoil it fail", async () => {
    const written: number[][] = [];
    const gather = createGather<Call, number>({
      limits,
      weigh,
      write: async (_, calls) => {
        if (calls.some(({ id }) => id === 3)) throw new Error("cannot store 3");
        written.push(ids(calls));
        return ids(calls);
      },
    });
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((id) => gather.add(1, { id })));
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(written).toEqual([
      [1, 2],
      [4, 5],
    ]);
  });

  it("is not tried call by call while the store is away", async () => {
    let writes = 0;
    const gather = createGather<Call, number>({
      limits,
      weigh,
      write: async () => {
        writes++;
        throw new WendError("store.unavailable");
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map((id) => gather.add(1, { id })));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    expect(writes).toBe(1);
  });
});
