import { readFileSync } from "node:fs";
import type { Node } from "@wend/journey";
import { defineJourney } from "@wend/journey";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SupportWorld } from "./support-world.ts";
import { emailOf, startSupportWorld } from "./support-world.ts";

const readme = readFileSync(new URL("../../../../plugins/support-zendesk/README.md", import.meta.url), "utf8");
const nodes: { readonly [id: string]: Node } = [...readme.matchAll(/^```json\n(.*?)^```/gms)]
  .map(([, text]) => JSON.parse(text!))
  .find((block) => "look" in block);

/** The nodes of the plugin's README: a customer with an open ticket gets a comment on it, any other one a ticket. */
const journey = defineJourney({
  name: "Renewal",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Contract Ending" }],
  entry: { reentry: "always" },
  start: "look",
  nodes: {
    ...nodes,
    open: {
      type: "send",
      connection: "desk",
      action: "openTicket",
      input: { subject: "Renewal", text: "The contract ends soon." },
      outcome: { policy: "exit" },
      next: "done",
    },
    done: { type: "end", outcome: "done" },
  },
});

let world: SupportWorld;
beforeAll(async () => {
  world = await startSupportWorld();
});
afterAll(() => world?.close());

const pathOf = ({ steps }: Awaited<ReturnType<SupportWorld["play"]>>) => steps.map(({ nodeId }) => nodeId);

test("a journey looks up a customer's open tickets, and goes on by whether there are any", async () => {
  const { desk, play } = world;
  await world.publish("renewal", journey);
  const ticket = desk.addTicket(desk.addCustomer(emailOf("ada"), "ada").id);

  const asked = await play("ada", "Contract Ending", { user_id: "ada" });
  expect(pathOf(asked)).toEqual(["look", "busy", "comment", "done"]);
  expect(asked.vars).toMatchObject({
    found: { tickets: [{ ticket: String(ticket.id), status: "open" }], more: false },
  });
  expect(asked.steps[0]?.says).toBe(
    "The delivery of “look” came out as accepted; what it returned is kept as “found”.",
  );
  await expect.poll(() => desk.comments).toEqual([{ ticket: ticket.id, body: "The contract ends soon." }]);

  const opened = await play("ben", "Contract Ending", { user_id: "ben" });
  expect(pathOf(opened)).toEqual(["look", "busy", "open", "done"]);
  expect(opened.vars).toEqual({ found: { tickets: [], more: false } });
  expect(desk.ticketsOf(emailOf("ben"))).toMatchObject([{ subject: "Renewal", status: "open" }]);

  ticket.status = "solved";
  expect(pathOf(await play("ada", "Contract Ending", { user_id: "ada" }))).toContain("open");
});

test("another run of the customer acts on the ticket that was opened last", async () => {
  const { desk, play } = world;
  const act = (event: string, action: string, input: Record<string, string | boolean>) =>
    world.publish(
      action.toLowerCase(),
      defineJourney({
        name: event,
        timeZone: "UTC",
        triggers: [{ type: "event", event }],
        start: "act",
        nodes: {
          act: { type: "send", connection: "desk", action, input, outcome: { policy: "exit" }, next: "done" },
          done: { type: "end", outcome: "done" },
        },
      } as const),
    );
  await act("Complained", "openTicket", { subject: "Complaint", text: "Call back." });
  await act("Paid", "solve", { ticket: "opened" });
  expect(await play("cem", "Complained")).toMatchObject({ outcome: "done" });
  const [ticket] = desk.ticketsOf(emailOf("cem"));
  expect(ticket).toMatchObject({ subject: "Complaint", status: "open" });
  expect(await play("cem", "Paid")).toMatchObject({ outcome: "done" });
  expect(ticket?.status).toBe("solved");
});

test("a journey that reads what the lookup does not return is refused", async () => {
  const wrong = JSON.parse(JSON.stringify(journey).replace("vars.found.tickets.length", "vars.found.count"));
  await expect(world.wend.api.journeys.create.mutate({ key: "wrong", definition: wrong })).rejects.toMatchObject({
    code: "journey.invalid",
    problems: [{ code: "journey.unknown_output_field", pointer: "/nodes/busy/branches/0/when/left/ref" }],
  });
});
