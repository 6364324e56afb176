import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SentMail } from "./email-providers.ts";
import { makeWebhookKeys } from "./email-providers.ts";
import type { EmailWorld } from "./email-world.ts";
import { createEmailWorld } from "./email-world.ts";

const both = [{ connection: "sendgrid" }, { connection: "smtp" }];
let world: EmailWorld;
beforeAll(async () => {
  world = await createEmailWorld();
  await world.route({ key: "either", mode: "failover", members: both });
  await world.route({ key: "other-way", mode: "failover", members: both.toReversed() });
  await world.route({ key: "split", mode: "split", members: both });
  for (const connection of ["sendgrid", "smtp", "either", "split"]) await world.publish(connection);
});
afterAll(() => world?.close());

let customers = 0;
const newName = () => `customer-${++customers}`;
const mailsTo = (mails: readonly SentMail[], name: string) => mails.filter(({ to }) => to === `${name}@example.com`);

/** What SendGrid tells of a mail. */
const eventsOf = ({ to, marks }: SentMail, events: readonly object[]) => {
  const timestamp = Math.floor(world.clock.now() / 1_000);
  const written = events.map((fields) =>
    JSON.stringify({ email: to, timestamp, sg_event_id: randomUUID(), ...marks, ...fields }),
  );
  return `[${written.join(",\r\n")}]\r\n`;
};
const eventOf = (mail: SentMail, fields: object) => eventsOf(mail, [fields]);
const hardBounce = { event: "bounce", type: "bounce", bounce_classification: "Invalid Address", reason: "550 unknown" };

describe("what SendGrid tells of an address", () => {
  it.each([
    ["a hard bounce", hardBounce, "bounced"],
    ["a complaint", { event: "spamreport" }, "complained"],
    ["a drop for an earlier bounce", { event: "dropped", reason: "Bounced Address" }, "bounced"],
  ])("by %s ends what is sent there over SMTP", async (_, fields, reason) => {
    const [name, another] = [newName(), newName()];
    await world.sendBy("sendgrid", [name]);
    await world.sendBy("smtp", [name]);
    const [mail] = mailsTo(world.sendgrid.mails, name);
    expect((await world.post(eventOf(mail!, fields))).status).toBe(200);
    expect(await world.suppressed(mail!.to)).toBe(reason);
    await world.sendBy("smtp", [name, another]);
    expect(mailsTo(world.smtp.mails, name)).toHaveLength(1);
    expect(mailsTo(world.smtp.mails, another)).toHaveLength(1);
    const states = (await world.deliveriesTo(mail!.to)).map(({ connection, state }) => [connection, state]);
    expect(states.slice(1)).toEqual([
      ["smtp", "accepted"],
      ["smtp", "suppressed"],
    ]);
  });

  it("by a block, or of a delivery, does not", async () => {
    const name = newName();
    await world.sendBy("sendgrid", [name]);
    const [mail] = mailsTo(world.sendgrid.mails, name);
    const blocked = { event: "bounce", type: "blocked", reason: "550 not today" };
    for (const fields of [{ event: "processed" }, { event: "delivered" }, blocked]) {
      expect((await world.post(eventOf(mail!, fields))).status).toBe(200);
    }
    await world.sendBy("smtp", [name]);
    expect(mailsTo(world.smtp.mails, name)).toHaveLength(1);
    expect(await world.deliveriesTo(mail!.to)).toMatchObject([{ state: "delivered" }, { state: "accepted" }]);
  });
});

it("events are taken as many at once as SendGrid posts, each once", async () => {
  const name = newName();
  await world.sendBy("sendgrid", [name]);
  const [mail] = mailsTo(world.sendgrid.mails, name);
  const open = { event: "open", useragent: "Mozilla/5.0 (X11) Firefox/140.0", ip: "203.0.113.7" };
  const one = eventOf(mail!, open).length;
  const body = eventsOf(mail!, Array(Math.floor((768 * 1024) / one)).fill(open));
  const before = await world.count("events");
  expect((await world.post(body)).status).toBe(200);
  const taken = (await world.count("events")) - before;
  // Told again, at another time and so under another signature.
  expect((await world.post(body, { at: world.clock.now() + 1_000 })).status).toBe(200);
  expect((await world.count("events")) - before).toBe(taken);
  console.log(`bytes=${body.length} events=${JSON.parse(body).length} taken=${taken}`);
  expect(taken).toBe(JSON.parse(body).length);
});

describe("an event webhook is answered 401, and nothing is written, when", () => {
  const tables = ["events", "parked_facts", "suppressions", "webhook_nonces"] as const;
  const written = () => Promise.all(tables.map((table) => world.count(table)));
  let mail: SentMail;
  let body: string;
  beforeAll(async () => {
    const name = newName();
    await world.sendBy("sendgrid", [name]);
    mail = mailsTo(world.sendgrid.mails, name)[0]!;
  });
  beforeEach(() => {
    body = eventOf(mail, hardBounce);
  });

  const minutes = (n: number) => world.clock.now() + n * 60_000;
  it.each<[string, () => NonNullable<Parameters<EmailWorld["post"]>[1]>]>([
    ["one byte of it was flipped", () => ({ sent: body.replace("customer", "custombr") })],
    ["its last line break is missing", () => ({ sent: body.trimEnd() })],
    ["its JSON was written anew", () => ({ sent: JSON.stringify(JSON.parse(body), null, 1) })],
    ["it is six minutes old", () => ({ at: minutes(-6) })],
    ["it comes from the future", () => ({ at: minutes(6) })],
    ["it has no signature", () => ({ headers: { "x-twilio-email-event-webhook-signature": "" } })],
    ["it has no time", () => ({ headers: { "x-twilio-email-event-webhook-timestamp": "" } })],
    ["another connection's key has signed it", () => ({ by: makeWebhookKeys() })],
  ])("%s", async (_, wrong) => {
    const before = await written();
    expect((await world.post(body, wrong())).status).toBe(401);
    expect(await written()).toEqual(before);
    expect((await world.post(body)).status).toBe(200);
    expect(await written()).not.toEqual(before);
  });

  it("it was taken before, under whatever signature", async () => {
    expect((await world.post(body)).status).toBe(200);
    const before = await written();
    // ECDSA signs the same bytes in another way each time.
    expect((await world.post(body)).status).toBe(401);
    expect(await written()).toEqual(before);
  });

  it("its connection has no key", async () => {
    const before = await written();
    expect((await world.post(body, { to: world.keyless })).status).toBe(401);
    expect(await written()).toEqual(before);
  });
});

describe("a route of SendGrid and SMTP", () => {
  it("splits what is sent between them", async () => {
    const names = Array.from({ length: 40 }, newName);
    const before = [world.sendgrid.mails.length, world.smtp.mails.length];
    await world.sendBy("split", names);
    const [one, two] = [world.sendgrid.mails.length - before[0]!, world.smtp.mails.length - before[1]!];
    console.log(`split=40 sendgrid=${one} smtp=${two}`);
    expect(one + two).toBe(40);
    expect(Math.min(one, two)).toBeGreaterThan(5);
  });

  it("goes on by SMTP while SendGrid is down: the same mail, and each once", async () => {
    const [first, second] = [newName(), newName()];
    await world.sendBy("either", [first]);
    world.sendgrid.state.down = true;
    await world.sendBy("either", [second]);
    const [mail, ...more] = mailsTo(world.sendgrid.mails, first);
    const [moved, ...others] = mailsTo(world.smtp.mails, second);
    expect([more, others]).toEqual([[], []]);
    expect(mail).toMatchObject({ text: `Thanks, ${first}`, messageId: expect.stringMatching(/^<[0-9a-f]{32}@/) });
    expect(moved).toMatchObject({ text: `Thanks, ${second}` });
    // What SendGrid was asked for and did not take is known by the same id where it went.
    expect(world.sendgrid.refused.map(({ messageId }) => messageId)).toContain(moved!.messageId);
    expect(await world.deliveriesTo(moved!.to)).toMatchObject([{ state: "accepted", connection: "smtp" }]);
  });
});
