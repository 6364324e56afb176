import { expect, test } from "vitest";
import { startZendesk } from "./fake/start-zendesk.ts";
import { address, open, refusal } from "./open.ts";

async function startWithTicket(ticket: { status?: string; tags?: string[] } = {}) {
  const zendesk = await startZendesk();
  const user = zendesk.state.addUser({ email: address });
  return Object.assign(zendesk, { user, ticket: zendesk.state.addTicket({ requester_id: user.id, ...ticket }) });
}

test("tags are added and removed, and doing it again changes nothing", async () => {
  await using zendesk = await startWithTicket({ tags: ["old", "kept"] });
  const { call } = await open(zendesk);
  const input = { ticket: "latestOpen", add: ["vip", "kept"], remove: ["old"] };
  const first = await call("tag", input);
  expect(first).toEqual({ output: { ticket: String(zendesk.ticket.id), status: "open" } });
  expect(zendesk.ticket.tags).toEqual(["kept", "vip"]);
  const { length } = zendesk.state.audits;
  await call("tag", input, { attempt: 2 });
  expect(zendesk.ticket.tags).toEqual(["kept", "vip"]);
  expect(zendesk.state.audits).toHaveLength(length);
});

test.each(["new", "open", "pending", "hold"])("a ticket that is %s is solved", async (status) => {
  await using zendesk = await startWithTicket({ status });
  const { call } = await open(zendesk);
  const { output } = await call("solve", { ticket: "latestOpen" });
  expect(output).toEqual({ ticket: String(zendesk.ticket.id), status: "solved" });
  expect(zendesk.ticket.status).toBe("solved");
});

test("a ticket that is solved already is left as it is", async () => {
  await using zendesk = await startWithTicket({ status: "solved" });
  const { call } = await open(zendesk);
  const { output } = await call("solve", { ticket: String(zendesk.ticket.id) });
  expect(output).toEqual({ ticket: String(zendesk.ticket.id), status: "solved" });
  expect(zendesk.asked.filter(({ method }) => method !== "GET")).toEqual([]);
});

test.each([
  ["solve" as const, {}],
  ["tag" as const, { add: ["vip"] }],
])("%s refuses a closed ticket by name", async (action, more) => {
  await using zendesk = await startWithTicket({ status: "closed" });
  const { call } = await open(zendesk);
  const { id } = zendesk.ticket;
  expect(await refusal(call(action, { ticket: String(id), ...more } as never))).toMatchObject({
    code: "provider.rejected",
    detail: `Ticket ${id} is closed: Zendesk changes it no more.`,
  });
});

test("the customer's open tickets are found, newest first", async () => {
  await using zendesk = await startWithTicket({ tags: ["vip"] });
  zendesk.state.addTicket({ requester_id: zendesk.user.id, status: "solved" });
  const newest = zendesk.state.addTicket({ requester_id: zendesk.user.id, priority: "urgent", subject: "Fire" });
  const { call } = await open(zendesk);
  expect(await call("findOpenTickets", {})).toEqual({
    output: {
      tickets: [
        {
          ticket: String(newest.id),
          subject: "Fire",
          status: "open",
          priority: "urgent",
          tags: [],
          createdAt: newest.created_at,
          updatedAt: newest.updated_at,
        },
        expect.objectContaining({ ticket: String(zendesk.ticket.id), priority: null, tags: ["vip"] }),
      ],
      more: false,
    },
  });
});

test.each([
  ["open tickets than are told of", "open"],
  ["tickets than are looked at", "solved"],
])("a customer with more %s is said to have more, and the oldest is not told of", async (_, status) => {
  await using zendesk = await startWithTicket();
  for (let count = 0; count < 80; count++) zendesk.state.addTicket({ requester_id: zendesk.user.id, status });
  for (let count = 0; count < 20; count++) zendesk.state.addTicket({ requester_id: zendesk.user.id });
  const { call } = await open(zendesk);
  const { output } = (await call("findOpenTickets", {})) as {
    output: { tickets: { ticket: string }[]; more: boolean };
  };
  expect(output.more).toBe(true);
  expect(output.tickets).toHaveLength(20);
  expect(output.tickets.map(({ ticket }) => ticket)).not.toContain(String(zendesk.ticket.id));
});

test("a user whose address only begins like the customer's is another one", async () => {
  await using zendesk = await startZendesk();
  const stranger = zendesk.state.addUser({ email: `${address}.au` });
  zendesk.state.addTicket({ requester_id: stranger.id });
  const user = zendesk.state.addUser({ email: address.toUpperCase() });
  const own = zendesk.state.addTicket({ requester_id: user.id });
  const { call } = await open(zendesk);
  const { output } = (await call("findOpenTickets", {})) as { output: { tickets: { ticket: string }[] } };
  expect(output.tickets.map(({ ticket }) => ticket)).toEqual([String(own.id)]);
});

test("a customer is found by external id before the address, and one whom Zendesk does not know has no tickets", async () => {
  await using zendesk = await startWithTicket();
  const other = zendesk.state.addUser({ email: "other@example.test", external_id: "u-1" });
  const own = zendesk.state.addTicket({ requester_id: other.id });
  const { call } = await open(zendesk);
  expect(await call("findOpenTickets", { externalId: "u-1" })).toMatchObject({
    output: { tickets: [{ ticket: String(own.id) }] },
  });
  const nobody = await call("findOpenTickets", { externalId: "u-2" }, { address: "nobody@example.test" });
  expect(nobody).toEqual({ output: { tickets: [], more: false } });
});

test("what is told of 20 tickets can be kept, however much stands in them", async () => {
  await using zendesk = await startWithTicket();
  const tags = Array.from({ length: 100 }, (_, index) => String(index).padEnd(255, "x"));
  const subject = `${"x".repeat(199)}\u{1f600}\0`;
  for (let count = 0; count < 20; count++) zendesk.state.addTicket({ requester_id: zendesk.user.id, tags, subject });
  const { call } = await open(zendesk);
  const { output } = await call("findOpenTickets", {});
  expect(JSON.stringify(output).length).toBeLessThan(65_536);
  expect(output).toMatchObject({ tickets: Array(20).fill({ subject: "x".repeat(199), tags: { length: 10 } }) });
});
