import { expect, test } from "vitest";
import type { Hubspot } from "./fake/start-hubspot.ts";
import { startHubspot, TOKEN } from "./fake/start-hubspot.ts";
import { open, signal } from "./open.ts";

const START = Date.UTC(2026, 0, 1);
const watched = { contactProperties: ["stage"], pollSince: new Date(START).toISOString() };

/** A connection that polls on a clock of its own, and the server's. */
async function poller(hubspot: Hubspot, config: object = watched) {
  let now = START;
  hubspot.now = () => now;
  const { connection } = await open(hubspot.url, config, { now: () => now });
  let cursor: string | null = null;
  /** Everything that is told until there is no more. */
  const pollAll = async () => {
    const told: { id: string; data: object }[] = [];
    for (let page = 0; page < 1_000; page++) {
      const polled = await connection.poll!(cursor, signal);
      cursor = polled.cursor;
      told.push(...((polled.signals ?? []) as readonly { id: string; data: object }[]));
      if (!polled.more) return told;
    }
    throw new Error("the poll finds no end");
  };
  return {
    connection,
    pollAll,
    at: (ms: number) => {
      now = START + ms;
      return now;
    },
  };
}

const ids = (told: readonly { id: string }[]) => told.map(({ id }) => id);
const write = (hubspot: Hubspot, id: string, stage: string) => {
  const { contacts } = hubspot.tables;
  contacts!.write(contacts!.records.get(id)!, { stage }, hubspot.now());
};

test("who watches nothing asks nothing", async () => {
  await using hubspot = await startHubspot();
  const { connection } = await poller(hubspot, {});
  expect(await connection.poll!(null, signal)).toEqual({ signals: [], cursor: "{}", more: false });
  expect(hubspot.asked).toEqual([]);
});

test("polling begins now unless the connection says since when", async () => {
  await using hubspot = await startHubspot();
  const { pollAll, at } = await poller(hubspot, { contactProperties: ["stage"] });
  hubspot.tables.contacts!.create({ stage: "old" }, START - 1_000);
  at(0);
  expect(await pollAll()).toEqual([]);
  write(hubspot, "501", "new");
  expect(ids(await pollAll())).toEqual([`contact:501:stage:${START}`]);
});

test("every version of a property is told, also when a record was changed twice between two polls", async () => {
  await using hubspot = await startHubspot();
  const { pollAll, at } = await poller(hubspot);
  hubspot.tables.contacts!.create({ stage: "lead" }, at(0));
  at(60_000);
  await pollAll();
  at(70_000);
  write(hubspot, "501", "trial");
  at(71_000);
  write(hubspot, "501", "customer");
  at(120_000);
  expect((await pollAll()).map(({ data }) => data)).toMatchObject([{ value: "trial" }, { value: "customer" }]);
});

test("what changed of a property nobody watches is not told", async () => {
  await using hubspot = await startHubspot();
  const { pollAll, at } = await poller(hubspot);
  const ada = hubspot.tables.contacts!.create({ stage: "lead" }, at(0));
  at(60_000);
  await pollAll();
  hubspot.tables.contacts!.write(ada, { city: "Turin" }, at(90_000));
  at(120_000);
  expect(await pollAll()).toEqual([]);
});

test("a record that reaches the search index late is told all the same", async () => {
  await using hubspot = await startHubspot();
  const { pollAll, at } = await poller(hubspot);
  const contact = (email: string) => ({ inputs: [{ id: email, idProperty: "email", properties: { stage: "lead" } }] });
  const post = (body: object) =>
    fetch(`${hubspot.url}/crm/v3/objects/contacts/batch/upsert`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(body),
    });
  at(100_000);
  hubspot.indexLags = true;
  await post(contact("late@example.test"));
  hubspot.indexLags = false;
  at(105_000);
  await post(contact("soon@example.test"));
  at(110_000);
  expect(ids(await pollAll())).toEqual(["contact:502:created", `contact:502:stage:${START + 105_000}`]);
  hubspot.index();
  at(130_000);
  expect(new Set(ids(await pollAll()))).toContain("contact:501:created");
});

test("any number of records of one instant is told once, in pages", async () => {
  await using hubspot = await startHubspot();
  const { pollAll, at } = await poller(hubspot);
  for (const [count, ms] of [
    [30, 1_000],
    [120, 2_000],
    [50, 2_001],
    [1, 3_000],
  ] as const) {
    for (let number = 0; number < count; number++) hubspot.tables.contacts!.create({}, START + ms);
  }
  at(600_000);
  const told = ids(await pollAll());
  expect(told).toHaveLength(201);
  expect(new Set(told).size).toBe(201);
  expect(await pollAll()).toEqual([]);
  // No offset grows with the number of records: HubSpot's end after 10,000 is never near.
  const searches = hubspot.asked.filter(({ path }) => path.endsWith("/search"));
  expect(searches.map(({ body }) => [body.after, body.limit])).toEqual(searches.map(() => ["0", 50]));
});

test("a record that is changed while its page is awaited moves no other out of sight", async () => {
  await using hubspot = await startHubspot();
  const { connection, at } = await poller(hubspot);
  for (let number = 0; number < 60; number++) hubspot.tables.contacts!.create({}, START + number);
  at(600_000);
  const told: string[] = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const polled = await connection.poll!(cursor, signal);
    told.push(...ids(polled.signals ?? []));
    if (cursor === null) for (const id of ["501", "530", "550"]) write(hubspot, id, "changed");
    ({ cursor, more } = polled);
  }
  expect(new Set(told).size).toBe(63);
});

test("contacts and deals go on from cursors of their own", async () => {
  await using hubspot = await startHubspot();
  const { pollAll, at } = await poller(hubspot, { ...watched, dealProperties: ["amount"] });
  const { contacts, deals } = hubspot.tables;
  contacts!.create({ stage: "lead" }, START);
  deals!.create({ amount: "7" }, START + 1).associations.push({ to: "501", typeId: 3 });
  at(60_000);
  expect(ids(await pollAll())).toEqual([
    "contact:501:created",
    `contact:501:stage:${START}`,
    "deal:90001:created:501",
    `deal:90001:amount:${START + 1}:501`,
  ]);
  deals!.write(deals!.records.get("90001")!, { amount: "8" }, at(90_000));
  at(200_000);
  expect(ids(await pollAll())).toEqual([`deal:90001:amount:${START + 90_000}:501`]);
});

test("a poll whose answers are lost is a backoff", async () => {
  await using hubspot = await startHubspot();
  const { connection } = await open(hubspot.url, watched, { fetch: () => Promise.reject(new TypeError("terminated")) });
  await expect(connection.poll!(null, signal)).rejects.toMatchObject({ code: "provider.unavailable" });
});

test("a webhook and a poll tell a change by one id", async () => {
  await using hubspot = await startHubspot();
  const { pollAll, at } = await poller(hubspot);
  hubspot.tables.contacts!.create({ stage: "lead" }, at(5));
  at(60_000);
  expect(ids(await pollAll())).toEqual(["contact:501:created", `contact:501:stage:${START + 5}`]);
});
