import type { CustomerDelivery } from "@wend/plugin";
import pg from "pg";
import { pino } from "pino";
import { afterEach, expect, it } from "vitest";
import { createDeliveries } from "../../../src/connections/host/deliveries.ts";
import { uuidv7 } from "../../../src/ids.ts";
import type { DeliveryNews } from "../../../src/serve/delivery-news.ts";
import { createDeliveryNews } from "../../../src/serve/delivery-news.ts";
import { noNews } from "../../../src/serve/no-news.ts";
import type { World } from "../../deliver/world.ts";
import { createWorld } from "../../deliver/world.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const newsOf = (world: World): DeliveryNews => {
  const news = createDeliveryNews(world.url, pino({ level: "silent" }));
  opened.push(news);
  return news;
};

/** A watch on a customer's deliveries, and what it has told so far. */
function watch(world: World, { profileId, news, since }: { profileId: string; news: DeliveryNews; since?: number }) {
  const ending = new AbortController();
  const deliveries = createDeliveries({ store: world.store, id: world.target, news });
  const told: (CustomerDelivery & { after: number })[] = [];
  const begun = performance.now();
  const ended = (async () => {
    const asked = { profileId, ...(since !== undefined && { since }) };
    for await (const one of deliveries.changes(asked, ending.signal)) {
      told.push({ ...one, after: performance.now() - begun });
    }
  })();
  const end = () => {
    ending.abort();
    return ended;
  };
  opened.push({ close: end });
  const until = (count: number) => expect.poll(() => told.length, { timeout: 5_000, interval: 5 }).toBe(count);
  return { told, until, end };
}

const planned = async (world: World, count = 1) => {
  const ids = await world.plan(count);
  return (await world.find(ids)).map(({ id, profile_id }) => ({ id, profileId: profile_id }));
};

const listeners = "from pg_stat_activity where application_name = 'wend-listen' and datname = current_database()";

async function ask(world: World, sql: string): Promise<number | null> {
  const admin = new pg.Client({ connectionString: world.url });
  await admin.connect();
  const { rowCount } = await admin.query(sql);
  await admin.end();
  return rowCount;
}

/** From then on nobody looks by themselves. */
const heard = (world: World, count: number) =>
  expect
    .poll(() => ask(world, `select 1 ${listeners} and query ilike 'listen%' and state = 'idle'`), { timeout: 5_000 })
    .toBe(count);

it.each([
  ["by a notification", newsOf, 1],
  ["by looking, where none comes", () => noNews, 0],
])("a delivery reaches who waits for it within a second of its record, %s", async (_, news, ears) => {
  const world = await createWorld({ keepsOutput: true });
  const [mine, other] = (await planned(world, 2)) as [
    { id: string; profileId: string },
    { id: string; profileId: string },
  ];
  world.provider.handle = async ({ deliveryId }) => ({ output: { receipt: deliveryId } });
  const { told, until, end } = watch(world, { profileId: mine.profileId, news: news(world) });
  await heard(world, ears);
  await world.deliver([other.id]);
  const before = performance.now();
  await world.deliver([mine.id]);
  await until(1);
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(told).toMatchObject([{ id: mine.id, state: "accepted", output: { receipt: mine.id } }]);
  await end();
});

it("what was taken since an instant comes first, each once, and what keeps no output never", async () => {
  const world = await createWorld({ keepsOutput: true });
  const [first, second] = (await planned(world, 2)) as [
    { id: string; profileId: string },
    { id: string; profileId: string },
  ];
  world.provider.handle = async () => ({ output: { receipt: "r" } });
  await world.deliver([first.id, second.id]);
  const since = Number(
    (await world.sql("select settled_at from deliveries where workspace_id = $1 and id = $2", [first.id]))[0]!
      .settled_at,
  );
  const seen = watch(world, { profileId: first.profileId, news: newsOf(world), since });
  await seen.until(1);
  const later = watch(world, { profileId: first.profileId, news: noNews, since: since + 60_000 });
  await Promise.all([seen.end(), later.end()]);
  await world.sql("update deliveries set output = null where workspace_id = $1 and id = $2", [first.id]);
  const empty = watch(world, { profileId: first.profileId, news: noNews, since });
  await empty.end();
  expect([seen.told.length, later.told.length, empty.told.length]).toEqual([1, 0, 0]);
});

it("the connection that listens may be lost: it listens again, and nothing is missed", async () => {
  const world = await createWorld({ keepsOutput: true });
  const [one] = (await planned(world)) as [{ id: string; profileId: string }];
  world.provider.handle = async () => ({ output: { receipt: "r" } });
  const { until, end } = watch(world, { profileId: one.profileId, news: newsOf(world) });
  await heard(world, 1);
  await ask(world, `select pg_terminate_backend(pid) ${listeners}`);
  await world.deliver([one.id]);
  await until(1);
  await heard(world, 1);
  await end();
});

it("whoever names no customer is told nothing", async () => {
  const world = await createWorld({ keepsOutput: true });
  const { told, end } = watch(world, { profileId: "ann", news: noNews });
  const unknown = watch(world, { profileId: uuidv7(), news: noNews });
  await Promise.all([end(), unknown.end()]);
  expect([told, unknown.told]).toEqual([[], []]);
});
