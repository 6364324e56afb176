import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorldInRealTime } from "../advance/world.ts";
import { countWaiting } from "./count-waiting.ts";

let world: Awaited<ReturnType<typeof createWorldInRealTime>>;
beforeAll(async () => {
  world = await createWorldInRealTime();
  await world.publish("short", {
    triggers: [{ type: "event", event: "Began" }],
    start: "wait",
    nodes: {
      wait: {
        type: "waitForEvent",
        branches: [{ event: "Came", next: "came" }],
        timeout: { after: "PT0.3S", next: "silent" },
      },
      came: { type: "end", outcome: "came" },
      silent: { type: "end", outcome: "silent" },
    },
  });
});
afterAll(() => world.close());

const track = (name: string, ids: { userId?: string; anonymousId?: string }) =>
  world.accept.events(world.workspace.id, [{ kind: "track", name, properties: {}, ...ids }]);
/** Holds what accept has to lock before it can name a visitor. */
async function lockProfiles(): Promise<pg.Client> {
  const blocker = new pg.Client({ connectionString: world.url });
  await blocker.connect();
  await blocker.query("begin; set local role wend_app");
  await blocker.query("select set_config('wend.workspace', $1, true)", [String(world.workspace.id)]);
  await blocker.query("select id from profiles for update");
  return blocker;
}

test("an event that waited for a lock longer than a timer waits is received after that timer, not before", async () => {
  await track("Began", { anonymousId: "visitor" });
  await world.advance();
  const [run] = await world.runs();
  const due = run!.wake_at!;

  const blocker = await lockProfiles();
  const accepted = track("Came", { anonymousId: "visitor", userId: "ann" });
  await expect.poll(() => countWaiting(world.url), { interval: 10 }).toBe(1);
  await expect.poll(async () => (await world.advance()).timers, { timeout: 5_000 }).toBe(1);
  await blocker.query("commit");
  await blocker.end();
  await accepted;
  await world.advance();

  expect((await world.runs())[0]).toMatchObject({ outcome: "silent" });
  const [event] = await world.rows<{ received_at: number }>("select received_at from events where name = 'Came'");
  expect(event!.received_at).toBeGreaterThan(due);
  const [row] = await world.rows<{ whole: boolean }>(
    "select bool_and(received_at = date_trunc('milliseconds', received_at)) as whole from events",
  );
  expect(row!.whole).toBe(true);
});
