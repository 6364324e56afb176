import type { CustomerDelivery } from "@wend/plugin";
import { describe, expect, test } from "vitest";
import type { Asked } from "./fake/routes.ts";
import { startZendesk } from "./fake/start-zendesk.ts";
import { address, open, refusal, run } from "./open.ts";

const profileId = "0198c2a1-7a10-7000-8000-00000000000b";
const { signal } = new AbortController();
const puts = ({ method }: Asked) => method === "PUT";

async function startWithTicket(ticket: { status?: string; external_id?: string } = {}) {
  const zendesk = await startZendesk();
  const user = zendesk.state.addUser({ email: address, external_id: "u-1" });
  return Object.assign(zendesk, { user, ticket: zendesk.state.addTicket({ requester_id: user.id, ...ticket }) });
}

const opened = (id: string, output: unknown): CustomerDelivery => ({
  id,
  action: "openTicket",
  state: "accepted",
  receipt: undefined,
  output,
  at: 0,
});

test.each([true, false])("a comment is added, public %s, and its audit carries the key", async (isPublic) => {
  await using zendesk = await startWithTicket();
  const { call } = await open(zendesk);
  const ticket = String(zendesk.ticket.id);
  const accepted = await call("comment", { ticket, text: "Paid.", public: isPublic });
  const audit = zendesk.state.audits.at(-1);
  expect(accepted).toEqual({ providerId: String(audit?.id), output: { ticket, status: "open" } });
  expect(audit?.metadata.custom).toMatchObject({ wend_key: `${run}:1` });
  expect(zendesk.state.comments(zendesk.ticket.id)).toMatchObject([{ body: "Paid.", public: isPublic }]);
});

describe("which ticket", () => {
  test("`opened` is the one that the connection opened last, whoever asks for it now", async () => {
    await using zendesk = await startWithTicket({ status: "solved" });
    zendesk.state.addTicket({ requester_id: zendesk.user.id });
    const sent = [opened("1", { ticket: "17" }), opened("2", { ticket: String(zendesk.ticket.id) })];
    const { call } = await open(zendesk, { host: { sent: { [profileId]: sent } } });
    const { output } = await call("comment", { ticket: "opened", text: "Paid.", public: true });
    expect(output).toMatchObject({ ticket: String(zendesk.ticket.id) });
  });

  test("`opened` is the last of more deliveries than are listed at once", async () => {
    await using zendesk = await startWithTicket();
    const ids = Array.from({ length: 200 }, (_, index) => String(index).padStart(3, "0"));
    const sent = ids.map((id) => opened(id, { ticket: id === "199" ? String(zendesk.ticket.id) : "17" }));
    const { call } = await open(zendesk, { host: { sent: { [profileId]: sent } } });
    const { output } = await call("comment", { ticket: "opened", text: "Paid.", public: true });
    expect(output).toMatchObject({ ticket: String(zendesk.ticket.id) });
  });

  test("`opened` whose number is not known is the customer's ticket with a key of the same run", async () => {
    await using zendesk = await startWithTicket({ external_id: `${run}:0` });
    zendesk.state.addTicket({ requester_id: zendesk.user.id, external_id: "0198c2a1-7a10-7000-8000-0000000000ff:0" });
    const { call } = await open(zendesk, { host: { sent: { [profileId]: [opened("1", null)] } } });
    const { output } = await call("comment", { ticket: "opened", text: "Paid.", public: true });
    expect(output).toMatchObject({ ticket: String(zendesk.ticket.id) });
  });

  test("`latestOpen` is the customer's newest that is not solved", async () => {
    await using zendesk = await startWithTicket({ status: "hold" });
    zendesk.state.addTicket({ requester_id: zendesk.user.id, status: "solved" });
    const stranger = zendesk.state.addUser({ email: `${address}.au` });
    zendesk.state.addTicket({ requester_id: stranger.id });
    const { call } = await open(zendesk);
    const { output } = await call("comment", { ticket: "latestOpen", text: "Paid.", public: true });
    expect(output).toEqual({ ticket: String(zendesk.ticket.id), status: "hold" });
  });

  test.each([
    ["opened", "provider.rejected"],
    ["latestOpen", "provider.rejected"],
    ["999", "provider.rejected"],
    ["{{ vars.ticket }}", "input.invalid"],
  ])("%s that leads to no ticket is refused, and nothing is written", async (ticket, code) => {
    await using zendesk = await startWithTicket({ status: "solved" });
    const { call } = await open(zendesk);
    expect(await refusal(call("comment", { ticket, text: "Paid.", public: true }))).toMatchObject({ code });
    expect(zendesk.asked.filter(puts)).toEqual([]);
  });

  test("a closed ticket is refused by name", async () => {
    await using zendesk = await startWithTicket({ status: "closed" });
    const { call } = await open(zendesk);
    const { id } = zendesk.ticket;
    expect(await refusal(call("comment", { ticket: String(id), text: "Paid.", public: true }))).toMatchObject({
      code: "provider.rejected",
      detail: `Ticket ${id} is closed: Zendesk changes it no more.`,
    });
  });
});

describe("added once", () => {
  const input = { ticket: "latestOpen", text: "Paid.", public: true };

  test("a comment whose answer was lost is found by lookup, and by the next attempt", async () => {
    await using zendesk = await startWithTicket();
    const { call, connection } = await open(zendesk);
    zendesk.interrupt((asked) => (puts(asked) ? "take-and-drop" : undefined));
    expect(await refusal(call("comment", input))).toMatchObject({ code: "provider.unknown_outcome" });
    zendesk.interrupt(() => undefined);
    const providerId = String(zendesk.state.audits.at(-1)?.id);
    expect(await connection.lookup?.(`${run}:1`, "comment", signal)).toEqual({ outcome: "accepted", providerId });
    expect(await call("comment", input, { attempt: 2 })).toMatchObject({ providerId });
    expect(zendesk.state.comments(zendesk.ticket.id)).toHaveLength(1);
  });

  test("a later attempt stays with the ticket of the first, also when the customer has a newer one", async () => {
    await using zendesk = await startWithTicket();
    const { call } = await open(zendesk);
    zendesk.interrupt((asked) => (puts(asked) ? { status: 503 } : undefined));
    await refusal(call("comment", input));
    zendesk.interrupt(() => undefined);
    const newer = zendesk.state.addTicket({ requester_id: zendesk.user.id });
    await call("comment", input, { attempt: 2 });
    expect(zendesk.state.comments(zendesk.ticket.id)).toHaveLength(1);
    expect(zendesk.state.comments(newer.id)).toEqual([]);
  });

  test("an earlier attempt that arrives between the look and the write makes the write a conflict", async () => {
    await using zendesk = await startWithTicket();
    const { call } = await open(zendesk);
    zendesk.interrupt((asked) => (puts(asked) ? "drop" : undefined));
    await refusal(call("comment", input));
    const late = zendesk.asked.filter(puts).at(-1)!;
    zendesk.interrupt((asked) => {
      if (!puts(asked)) return undefined;
      zendesk.interrupt(() => undefined);
      zendesk.state.audit(zendesk.ticket, [{ type: "Comment", body: "Paid." }], JSON.parse(late.body).ticket.metadata);
      return undefined;
    });
    expect(await refusal(call("comment", input, { attempt: 2 }))).toMatchObject({ code: "provider.unavailable" });
    await call("comment", input, { attempt: 3 });
    expect(zendesk.state.comments(zendesk.ticket.id)).toHaveLength(1);
  });

  test("a comment that never left is absent, and one before a hundred other changes is unclear", async () => {
    await using zendesk = await startWithTicket();
    const { call, connection } = await open(zendesk);
    expect(await connection.lookup?.(`${run}:1`, "comment", signal)).toEqual({ outcome: "absent" });
    await call("comment", input);
    for (let count = 0; count < 100; count++) zendesk.state.audit(zendesk.ticket, [{ type: "Change" }]);
    expect(await connection.lookup?.(`${run}:1`, "comment", signal)).toEqual({ outcome: "unclear" });
    expect(await refusal(call("comment", input))).toMatchObject({ code: "provider.unknown_outcome" });
  });
});
