import { defineJourney } from "@wend/journey";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SupportWorld } from "./support-world.ts";
import { emailOf, startSupportWorld } from "./support-world.ts";

const own = "ops@operator.test";
let world: SupportWorld;

beforeAll(async () => {
  world = await startSupportWorld({ sandbox: { redirectTo: own }, testAddresses: [own] });
});
afterAll(() => world?.close());

const journey = (event: string, action: string, input: Record<string, string | boolean>) =>
  defineJourney({
    name: event,
    timeZone: "UTC",
    triggers: [{ type: "event", event }],
    entry: { reentry: "always" },
    start: "act",
    nodes: {
      act: { type: "send", connection: "desk", action, input, outcome: { policy: "exit" }, next: "done" },
      done: { type: "end", outcome: "done" },
    },
  } as const);

test("a desk in a sandbox that redirects is told nothing about a customer, by whatever it knows the customer", async () => {
  const { desk } = world;
  const ticket = desk.addTicket(desk.addCustomer(emailOf("ada"), "ada").id);
  await world.publish("open", journey("Opened", "openTicket", { subject: "Hi", text: "Hi", externalId: "ada" }));
  await world.publish(
    "comment",
    journey("Commented", "comment", { ticket: String(ticket.id), text: "Hi", public: true }),
  );
  for (const event of ["Opened", "Commented"])
    expect(await world.play("ada", event)).toMatchObject({ outcome: "done" });
  expect([desk.ticketsOf(emailOf("ada")), desk.ticketsOf(own), desk.comments]).toEqual([[ticket], [], []]);
  expect(await world.deliveriesOf("ada")).toMatchObject([
    { state: "accepted", reason: "sandbox" },
    { state: "accepted", reason: "sandbox" },
  ]);
});

test("a test send of an action that finds its customer by more than the address is refused", async () => {
  const asked = { connection: "desk", profile: { traits: {} }, address: own };
  const input = { ticket: "1000", text: "Hi", public: true };
  await expect(
    world.wend.api.connections.testSend.mutate({ ...asked, action: "comment", input }),
  ).rejects.toMatchObject({ code: "connection.test_address_not_allowed", pointer: "/action" });
  expect(world.desk.comments).toEqual([]);
});
