import type { Polled } from "@wend/plugin";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { PollWorld } from "./world.ts";
import { createPollWorld, everyMs, found } from "./world.ts";

let world: PollWorld;
beforeAll(async () => {
  world = await createPollWorld();
});
afterAll(() => world?.close());

const solved = (id: string, number: unknown = 1): Polled["signals"] => [
  { name: "Ticket Solved", about: { userId: "ann" }, id, at: 1, data: { number } as never },
];

it("a signal that was found becomes an event together with the cursor behind it, once however often it is found", async () => {
  const connection = await world.begin();
  const runtime = world.createWhole();
  world.script.poll = async (cursor) => ({ ...found(`${cursor}+`), signals: solved("t-1") });
  for (const cursor of ["null+", "null++"]) {
    await connection.poll(runtime);
    expect(await connection.row()).toMatchObject({ cursor, error: null });
    world.clock.advance(everyMs);
  }
  expect(await connection.events()).toEqual([{ name: "Ticket Solved" }]);
});

it("what the manifest does not declare is dropped and counted, and holds up neither the rest nor the cursor", async () => {
  const connection = await world.begin();
  world.script.poll = async () => ({ ...found("a", ["r-1"]), signals: [...solved("t-1")!, ...solved("t-2", "two")!] });
  await connection.poll(world.createWhole());
  expect(await connection.row()).toMatchObject({ cursor: "a", error: null });
  expect(await connection.events()).toEqual([{ name: "Ticket Solved" }]);
  expect(await connection.lostFacts()).toBe(2);
});
